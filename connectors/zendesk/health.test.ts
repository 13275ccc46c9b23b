import { describe, expect, it } from 'vitest';
import { contextWith, directoryWith } from '../../test/harness/zendesk-account.ts';
import { toOrganisation } from './map-people.ts';
import { mapOrganisationFields } from './recognise.ts';
import { Organisation, OrganisationField } from './schema-config.ts';
import { Settings } from './settings.ts';

/** developer.zendesk.com, organization fields: an own field has a title, a description and one of the types integer, decimal, dropdown ... */
const field = (title: string, more: object = {}) =>
  OrganisationField.parse({ key: 'health', title, type: 'integer', active: true, ...more });
const readAs = (one: OrganisationField, settings: object = {}) =>
  mapOrganisationFields(Settings.parse({ url: 'acme', ...settings }), [one]).healthReading;

describe('health in numbers', () => {
  it('is read on the scale that title or description states, or the settings', () => {
    expect(readAs(field('Health score (0-100)'))?.scale).toEqual({ worst: 0, best: 100 });
    expect(readAs(field('Health', { description: '1 to 5, 1 = best' }))?.scale).toEqual({ worst: 5, best: 1 });
    expect(readAs(field('Churn risk', { description: '0-10' }))?.scale).toEqual({ worst: 10, best: 0 });
    expect(readAs(field('Health'), { healthScale: { worst: 1, best: 4 } })?.scale).toEqual({ worst: 1, best: 4 });
  });

  it('is not read where nobody states a scale; words need none', () => {
    expect(readAs(field('Health score'))).toBeNull();
    expect(readAs(field('Health', { type: 'dropdown' }))).toEqual({ title: 'Health', scale: null });
  });

  it('gives the rank of an organisation: below a third of the scale it may leave', () => {
    const rank = (value: unknown, title: string) => {
      const organisationKeys = mapOrganisationFields(Settings.parse({ url: 'acme' }), [field(title)]);
      const row = Organisation.parse({ id: 1, organization_fields: { health: value } });
      const known = { directory: directoryWith({ organisationKeys }), context: contextWith() };
      const { has_health, health_rank } = toOrganisation(row, known);
      return [has_health, health_rank];
    };
    expect(rank(20, 'Health (0-100)')).toEqual([true, 1]);
    expect(rank('50', 'Health (0-100)')).toEqual([true, 2]);
    expect(rank(90, 'Health (0-100)')).toEqual([true, 3]);
    expect(rank(90, 'Health (1-5)')).toEqual([true, null]);
    expect(rank(90, 'Health')).toEqual([true, null]);
    expect(rank(null, 'Health (0-100)')).toEqual([false, null]);
  });
});
