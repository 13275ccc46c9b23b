import { describe, expect, it } from 'vitest';
import { parseEach } from '../../src/kit/parse-each.ts';
import { id } from '../../test/harness/salesforce.ts';
import { EmailMessage, isIncoming } from './schema.ts';
import { Settings } from './settings.ts';
import { channelOf, milestoneMetric, rankOf, statusOf, wordsOf } from './words.ts';

/**
 * Kinds of replies that orgs were seen to give. The replies are our own; where a kind is described or was seen stands beside it.
 * O: the vendor's reference of objects, EmailMessage, states 0 to 5. Q: names of milestones of an org in Brazil, in a guide to its forms on github.com.
 */
const settings = Settings.parse({ url: 'acme' });

describe('what Salesforce orgs were seen to answer', () => {
  it.each([
    ['Hoch', 2],
    ['Mittel', 3],
    ['Niedrig', 4],
    ['Élevée', 2],
    ['Moyenne', 3],
    ['Faible', 4],
    ['Alta', 2],
    ['Media', 3],
    ['Baja', 4],
    ['高', 2],
    ['中', 3],
    ['低', 4],
    ['Canary', null],
  ])('reads the priority %s', (word, rank) => {
    expect(rankOf(word, wordsOf(settings))).toBe(rank);
  });

  it.each<[string, boolean | null, string]>([
    ['Neu', false, 'new'],
    ['Nouveau', false, 'new'],
    ['Nuevo', false, 'new'],
    ['新規', false, 'new'],
    ['In Bearbeitung', false, 'open'],
    ['En attente du client', false, 'pending'],
    ['Aguardando cliente', false, 'pending'],
    ['Fermée', null, 'closed'],
    ['Fechado', null, 'closed'],
    ['Gelöst', true, 'solved'],
    ['クローズ', null, 'closed'],
    ['Canary', null, 'open'],
  ])('reads the status %s (closed: %s)', (word, closed, status) => {
    expect(statusOf(word, closed, settings)).toBe(status);
  });

  it('reads origins and milestones of orgs in other languages (Q)', () => {
    expect(['Téléphone', 'Teléfono', 'E-Mail', 'Correo electrónico', '電話', 'Web'].map(channelOf)).toEqual([
      ...['voice', 'voice', 'email', 'email', 'voice', 'web'],
    ]);
    const promised = ['Primeiro contato de e-mail', 'Temps de résolution', 'Délai de réponse', 'SLA de atendimento'];
    expect(promised.map((name) => milestoneMetric(name, settings))).toEqual([
      ...['first_reply', 'resolution', 'first_reply', null],
    ]);
  });

  it.each<[string, Record<string, unknown>, boolean | null]>([
    ['says so', { Incoming: true, Status: '3' }, true],
    ['is new (0)', { Status: '0' }, true],
    ['was replied to (2)', { Incoming: null, Status: '2' }, true],
    ['was sent (3)', { Incoming: '', Status: '3' }, false],
    ['says nothing of it', { Incoming: null, Status: null }, null],
    ['has a state that is not described', { Status: '9' }, null],
  ])('tells whether a mail came in that %s (O)', (_what, cells, came) => {
    const row = { Id: id('02s', 1), ParentId: id('500', 1), CreatedDate: '2026-03-02T09:00:00.000+0000', ...cells };
    const { kept, rejected } = parseEach(EmailMessage, [row], 'mails');
    expect(kept.map(isIncoming)).toEqual(came === null ? [] : [came]);
    expect(rejected.map(({ code, path }) => [code, path])).toEqual(
      came === null ? [['RECORD_REJECTED', 'Incoming']] : [],
    );
  });
});
