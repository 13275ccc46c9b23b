import { expect, it } from 'vitest';
import type { Capability } from '../kit/connector.ts';
import { packCapability, UnitResult, unpackCapability } from './unit-result.ts';

/** Every field there is: one that is added does not compile until it stands here. */
const FULL: Required<Extract<Capability, { status: 'available' }>> = {
  status: 'available',
  since: new Date('2026-01-01T00:00:00Z'),
  archivedAfterS: 10_368_000,
  showsArchived: true,
  total: 7,
  detail: 'Part.',
  lacks: { tickets: ['category'] },
  hidden: 'permission',
};

it.each<Capability>([FULL, { status: 'available' }, { status: 'plan', detail: 'Not in the plan.' }])(
  'hands a capability from one unit of a sync to the next as it was: %j',
  (capability) => {
    const packed = JSON.parse(JSON.stringify(packCapability(capability)));
    expect(unpackCapability(UnitResult.shape.capabilities.valueType.parse(packed))).toEqual(capability);
  },
);
