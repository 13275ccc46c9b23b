import { expect, it } from 'vitest';
import { aVerdict, placedReading } from '../../test/harness/placed-snapshot.ts';
import { ShownSnapshot, toShownSnapshot } from './shown-snapshot.ts';

it('a shown snapshot holds the body of the shown model once, and those of others where they stand', () => {
  const other = { ...aVerdict('value-exchange', { value: 2, label: '2 of 6' }), body: { pairs: 6 } };
  const reading = placedReading({ day: 1, stage: 2, beside: [other] });
  const before = structuredClone(reading);
  const shown = ShownSnapshot.parse(toShownSnapshot(reading, []));
  const own = shown.verdicts.find(({ model }) => model.id === reading.model.id);
  expect(own?.body).toBeNull();
  expect(own?.headline).toEqual(reading.verdicts.find(({ model }) => model.id === reading.model.id)?.headline);
  expect(shown.verdicts.find(({ model }) => model.id === 'value-exchange')?.body).toEqual({ pairs: 6 });
  expect([shown.placement, shown.criteria, shown.digest]).toEqual([
    reading.placement,
    reading.criteria,
    reading.digest,
  ]);
  expect(reading).toEqual(before);
});
