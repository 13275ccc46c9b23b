import { describe, expect, it } from 'vitest';
import { aTicket } from '../../../../../test/harness/records.ts';
import { askViews } from '../../../../../test/harness/rule-records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';

const said = (kind: Meaning['kind'], subject: string, meaning: string): Meaning => ({
  kind,
  subject,
  meaning,
  rank: null,
});
const ticket = [aTicket({ id: '1', status: 'open', vendor_status: 'Wartet' }), aTicket({ id: '2', status: 'open' })];

describe('m_meaning', () => {
  const ask = (meanings: readonly Meaning[]) =>
    askViews({ ticket }, 'SELECT subject, meaning FROM m_meaning ORDER BY subject', meanings);

  it('puts what is said of one connection before what is said of all, and drops what is said of others that exist', async () => {
    expect(
      await ask([said('team', '7', 'sales'), said('team', 'desk/7', 'support'), said('team', '8', 'partner')]),
    ).toEqual([
      { subject: '7', meaning: 'support' },
      { subject: '8', meaning: 'partner' },
    ]);
  });

  it('takes a slash for part of the id where no connection has that name', async () => {
    expect(await ask([said('status', 'in/out', 'hold')])).toEqual([{ subject: 'in/out', meaning: 'hold' }]);
  });
});

describe('a stated status', () => {
  it('is the category of tickets that have its word now, whatever the letters are', async () => {
    const rows = await askViews({ ticket }, 'SELECT id, status_as_of FROM ticket_all ORDER BY id', [
      said('status', 'wartet', 'hold'),
    ]);
    expect(rows).toEqual([
      { id: '1', status_as_of: 'hold' },
      { id: '2', status_as_of: 'open' },
    ]);
  });
});

describe('a statement about what the data do not have', () => {
  const ask = (meanings: readonly Meaning[], more = {}) =>
    askViews(
      { ticket, team: [{ id: '7', active: true, purpose: 'support', tier: null }], ...more },
      "SELECT kind, subject FROM unread WHERE detail LIKE 'stated %' ORDER BY kind, subject",
      meanings,
    );

  it('is shown, and one about what they have is not, whatever the letters of a status are', async () => {
    expect(
      await ask([
        said('team', '7', 'sales'),
        said('team', '70', 'sales'),
        said('status', 'WARTET', 'hold'),
        said('status', 'Waits', 'hold'),
      ]),
    ).toEqual([
      { kind: 'status', subject: 'Waits' },
      { kind: 'team', subject: '70' },
    ]);
  });

  it('is not shown where nothing of that kind was read', async () => {
    expect(await ask([said('bot', '5', 'true')])).toEqual([]);
  });
});
