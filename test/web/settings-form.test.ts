import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { describeFields, type JsonSchema } from '../../web/screens/connections/settings/describe-fields.ts';
import { readFields, typeSettings } from '../../web/screens/connections/settings/read-fields.ts';

const SCHEMA = z.strictObject({
  url: z.string().meta({ title: 'Account', description: 'Where it is.' }),
  since: z.iso.date().optional(),
  history: z.enum(['events', 'audits']).default('events'),
  perMinute: z.int().nullable().default(null),
  productField: z.union([z.string(), z.int()]).transform(String).optional(),
  headers: z.boolean().default(true),
  tags: z.array(z.string()).default(['escalat*']),
  lines: z.record(z.string(), z.int()).default({}),
  purposes: z.record(z.string(), z.enum(['support', 'sales'])).default({}),
  fields: z
    .strictObject({ cause: z.string().optional() })
    .prefault({})
    .meta({ title: 'Fields', description: 'Names.' }),
  bands: z.array(z.strictObject({ from: z.int() })).default([]),
});
const fields = describeFields(z.toJSONSchema(SCHEMA, { io: 'input' }) as JsonSchema);

describe('a form of settings', () => {
  it('has a field for each, in the way one types it', () => {
    expect(fields.map(({ path, kind }) => [path, kind])).toEqual([
      ['url', 'text'],
      ['since', 'day'],
      ['history', 'choice'],
      ['perMinute', 'whole'],
      ['productField', 'text'],
      ['headers', 'yes'],
      ['tags', 'list'],
      ['lines', 'pairs'],
      ['purposes', 'pairs'],
      ['fields.cause', 'text'],
      ['bands', 'json'],
    ]);
    expect(fields[0]).toMatchObject({ label: 'Account', description: 'Where it is.', required: true, usual: '' });
    expect(fields.find(({ path }) => path === 'fields.cause')).toMatchObject({ label: 'Fields: cause' });
    expect(fields.find(({ path }) => path === 'tags')).toMatchObject({ usual: 'escalat*', required: false });
  });

  it('leaves out what is empty or would hold anyhow, and reads the rest', () => {
    const typed = {
      url: ' acme ',
      history: 'events',
      perMinute: '10',
      headers: 'false',
      tags: 'vip\n\nescalat*',
      lines: '12 = 2\na = b = 1',
      purposes: '7=sales',
      'fields.cause': 'cf_cause',
      bands: '[{"from":1}]',
    };
    const { settings, problems } = readFields(fields, typed);
    expect(problems).toEqual({});
    expect(settings).toEqual({
      url: 'acme',
      perMinute: 10,
      headers: false,
      tags: ['vip', 'escalat*'],
      lines: { '12': 2, 'a = b': 1 },
      purposes: { '7': 'sales' },
      fields: { cause: 'cf_cause' },
      bands: [{ from: 1 }],
    });
    expect(SCHEMA.safeParse(settings).success).toBe(true);
    expect(readFields(fields, typeSettings(fields, settings)).settings).toEqual(settings);
  });

  it('says what cannot be read, and where', () => {
    const { problems } = readFields(fields, {
      perMinute: '1.5',
      lines: '12',
      purposes: '7 = moon',
      bands: '{',
    });
    expect(Object.keys(problems)).toEqual(['perMinute', 'lines', 'purposes', 'bands']);
    expect(problems.purposes).toBe('“moon” is none of support, sales.');
  });
});

describe.each(CONNECTORS.map((connector) => [connector.id, connector] as const))('settings of %s', (_id, connector) => {
  const schema = z.toJSONSchema(connector.settings, { io: 'input' }) as JsonSchema;

  it('have a title and a description each, for the form', () => {
    for (const [name, one] of Object.entries(schema.properties ?? {}))
      expect([name, (one.title ?? '') !== '', (one.description ?? '') !== '']).toEqual([name, true, true]);
  });

  it('are the same when their defaults are typed', () => {
    const drawn = describeFields(schema);
    expect(drawn.length).toBeGreaterThan(1);
    const typed = Object.fromEntries(drawn.map(({ path, usual }) => [path, usual]));
    expect(readFields(drawn, typed)).toEqual({ settings: {}, problems: {} });
  });
});
