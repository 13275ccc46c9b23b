import { expect, it } from 'vitest';
import { createLogger } from '../../src/logging/create-logger.ts';
import { createOutage } from './outage.ts';

const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

function begin() {
  let now = 0;
  const said: string[] = [];
  const log = createLogger('info', { write: (line: string) => void said.push(JSON.parse(line).msg) });
  return { outage: createOutage(log, { now: () => new Date(now) }), said, after: (ms: number) => (now += ms) };
}

it('tells one outage once, though a connection tried during it fails after others were answered', () => {
  const { outage, said, after } = begin();
  outage.tell(refused);
  outage.tell(refused);
  outage.over();
  after(4_999);
  outage.tell(refused);
  outage.over();
  expect(said).toEqual(['queue does not answer', 'queue answers again']);
});

it('tells another outage five seconds after the first ended', () => {
  const { outage, said, after } = begin();
  outage.tell(refused);
  outage.over();
  after(5_000);
  outage.tell(refused);
  expect(said).toEqual(['queue does not answer', 'queue answers again', 'queue does not answer']);
});

it('says nothing of answers while nothing was lost, and of refusals each', () => {
  const { outage, said } = begin();
  outage.over();
  outage.tell(new Error('syntax'));
  outage.tell(new Error('syntax'));
  expect(said).toEqual(['queue reports an error', 'queue reports an error']);
});
