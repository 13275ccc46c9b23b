import { describe, expect, it } from 'vitest';
import { hubspotRoutes } from '../../test/harness/hubspot.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { CrmObject, Pipeline } from './schema.ts';
import { actorOf, openedBy } from './words.ts';

/**
 * Kinds of replies that others recorded of real accounts. The replies are our own; where a kind was seen stands beside it.
 * A: airbytehq/airbyte source-hubspot/integration_tests/expected_records.jsonl. N: HubSpot/hubspot-api-nodejs issue 154. S: the sources of a value that
 * the vendor's own libraries list (HubSpot/hubspot-sdk-ruby, `PropertyValue::Source`; all on github.com).
 */
describe('what HubSpot accounts were seen to answer', () => {
  it('knows programs by the source of a change, also where it carries a user (A: CALCULATED with a user; S)', () => {
    const told = (byUser: boolean, ...words: string[]) => new Set(words.map((word) => actorOf(word, byUser)));
    const rules = ['AUTOMATION_PLATFORM', 'AUTOMATION_JOURNEY', 'PRIMARY_AUTOMATION', 'WORKFLOWS'];
    // `BOT`: a chatflow; legacydocs.hubspot.com, "Working with webhooks from bots" has it collect and set values by itself.
    const agents = ['CUSTOMER_AGENT', 'BREEZE_AGENT', 'PROSPECTING_AGENT', 'HELP_DESK_AI', 'BOT'];
    const programs = [
      ...[
        'CALCULATED',
        'CRM_PROCESSES_PLATFORM',
        'INTEGRATION',
        'INTEGRATIONS_SYNC',
        'PORTAL_OBJECT_SYNC',
        'SALESFORCE',
      ],
      ...['IMPORT', 'EMAIL_INBOX_IMPORT', 'DATA_ENRICHMENT', 'CONVERSATIONAL_ENRICHMENT', 'ACTIVITY_AUTO_ASSOCIATE'],
      ...['AUTO_ASSOCIATE_BY_DOMAIN', 'PROPERTY_DEFAULT_VALUE', 'PIPELINE_SETTINGS', 'AI_GROUP'],
    ];
    for (const byUser of [true, false]) {
      expect([...told(byUser, ...rules, ...agents)]).toEqual(['automation']);
      expect([...told(byUser, ...programs)]).toEqual(['system']);
    }
    expect([...told(true, 'CRM_UI', 'CRM_UI_BULK_ACTION', 'MOBILE_IOS', 'HELP_DESK', 'BATCH_UPDATE')]).toEqual([
      'agent',
    ]);
    expect([...told(false, 'CRM_UI', 'HELP_DESK', 'BATCH_UPDATE', 'UNKNOWN')]).toEqual([null]);
  });

  it('takes nobody for the customer whom only a tool of both sides names: agents, visitors and chatflows all work in conversations', () => {
    const told = (...words: string[]) => words.map((word) => actorOf(word, false));
    expect(told('CONVERSATIONS', 'CONVERSATION', 'CHAT')).toEqual([null, null, null]);
    expect(told('FORM', 'FORMS', 'CUSTOMER_PORTAL')).toEqual(['customer', 'customer', 'customer']);
    expect(actorOf('CONVERSATIONS', true)).toBe('agent');
    expect(openedBy('CONVERSATIONS', null)).toBeNull();
    expect(openedBy('CONVERSATIONS', 'EMAIL')).toBe('customer');
    expect(openedBy('FORMS', null)).toBe('customer');
  });

  it("takes a ticket that a bot made for one of the customer who chatted, and for nobody's where no channel is said", () => {
    expect(openedBy('BOT', 'CHAT')).toBe('customer');
    expect(openedBy('BOT', null)).toBeNull();
  });

  it('takes the user of a change from its source where nothing else names one (A: source-id; N: both)', () => {
    const version = (more: object) => ({
      value: 'x',
      timestamp: '2022-11-07T21:54:03.930Z',
      sourceType: 'CRM_UI',
      ...more,
    });
    const row = CrmObject.parse({
      id: '1',
      createdAt: '2022-02-22T08:16:52.981Z',
      propertiesWithHistory: {
        a: [
          version({ sourceId: 'userId:28604240', updatedByUserId: 28604240 }),
          version({ sourceId: 'userId:12282590' }),
          version({ sourceId: 'someone@acme.example', updatedByUserId: null }),
          version({ sourceId: null }),
        ],
      },
    });
    const users = row.propertiesWithHistory.a?.map((one) => one.updatedByUserId);
    expect(users).toEqual(['28604240', '12282590', null, null]);
  });

  it('takes owners that tell neither a kind nor teams for people (A)', async () => {
    const owner = {
      ...{ id: '52550153', email: 'canary@acme.example', firstName: 'Team-1', lastName: 'Acme', userId: 12282590 },
      ...{ createdAt: '2020-10-28T21:17:56.082Z', updatedAt: '2023-01-31T00:25:34.448Z', archived: false },
    };
    const routes = hubspotRoutes().map((route) =>
      /owners/.test(route.name) ? { ...route, answer: () => ({ results: [owner] }) } : route,
    );
    const { rows, error } = await readDesk(hubspotCase, { routes });
    expect(error).toBeNull();
    expect(rows.agent?.['52550153']).toMatchObject({ human: true, active: true });
  });

  it('takes pipelines whose instants are 0 and stages whose marks are text (A)', () => {
    const stage = { id: '1', label: 'New', displayOrder: 0, metadata: { ticketState: 'OPEN', isClosed: 'false' } };
    expect(
      Pipeline.parse({ id: '0', label: 'Support', createdAt: 0, updatedAt: 0, stages: [stage] }).stages,
    ).toHaveLength(1);
  });
});
