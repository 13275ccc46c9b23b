import { expect, it } from 'vitest';
import { parsePairs } from './parse-pairs.ts';

const parse = (text: string) => parsePairs({ name: 'pairs.csv', text }, 'desk', 'crm');

it('reads one pair a line, whatever the line ends and quotes of the program that wrote it', () => {
  const pair = { desk: 'desk', source: 'crm' };
  expect(parse('\uFEFFdesk_id,crm_id\r\n360001, 0015\r\n\r\n"360002","0016"\r\n')).toEqual([
    { ...pair, organisation_id: '360001', customer_id: '0015' },
    { ...pair, organisation_id: '360002', customer_id: '0016' },
  ]);
  expect(parse('desk_id,crm_id\n')).toEqual([]);
});

it.each([
  ['', 1, 'the first line is not desk_id,crm_id'],
  ['crm_id,desk_id\n1,A\n', 1, 'the first line is not desk_id,crm_id'],
  ['desk_id,crm_id\n1,A\n2\n', 3, 'it has 1 value, not 2'],
  ['desk_id,crm_id\n1,A,x\n', 2, 'it has 3 values, not 2'],
  ['desk_id,crm_id\n1,\n', 2, 'crm_id is empty'],
  [`desk_id,crm_id\n${'9'.repeat(256)},A\n`, 2, 'desk_id is longer than 255 characters'],
  ['desk_id,crm_id\n1,A\n\n1,B\n', 4, 'the desk_id stands on line 2 already'],
])('says what is wrong with %j, and on which line', (text, line, what) => {
  expect(() => parse(text)).toThrowError(
    expect.objectContaining({
      code: 'BAD_MAPPING',
      message: `pairs.csv, line ${line}: ${what}.`,
      where: `pairs.csv:${line}`,
    }),
  );
});
