import { describe, expect, it } from 'vitest';
import { saysEscalation } from './recognise-escalation.ts';
import { rolesOfField } from './recognise-field.ts';

describe('names that say escalation', () => {
  it.each([
    ['escalated', true],
    ['vip_escalation', true],
    ['Escalated to engineering', true],
    ['customerEscalation', true],
    ['Eskalation', true],
    ['fall-eskaliert', true],
    ['Escaladé', true],
    ['escalado_n2', true],
    ['Escalação', true],
    ['escalatie', true],
    ['eskalacja', true],
    ['eskalering', true],
    ['Eskalointi', true],
    ['eskalováno', true],
    ['Eszkaláció', true],
    ['motivo_de_escalamiento', true],
    ['not_escalated', false],
    ['de-escalated', false],
    ['nicht eskaliert', false],
    ['sin escalar', false],
    ['Escalation: none', false],
    ['escalators', false],
    ['escalera', false],
    ['urgent', false],
    ['Schulung', false],
    ['', false],
    [null, false],
  ])('%s: %s', (name, says) => {
    expect(saysEscalation(name)).toBe(says);
  });
});

describe('titles of fields', () => {
  it.each([
    ['Root cause', ['cause']],
    ['Fehlerursache', ['cause']],
    ['Orsak', ['cause']],
    ['Close reason', ['cause', 'reason']],
    ['Product area', ['product']],
    ['Produkt', ['product']],
    ['Severity', ['severity']],
    ['Schweregrad', ['severity']],
    ['Kategorie', ['category']],
    ['Contact reason', ['category', 'reason']],
    ['Plan', ['tier']],
    ['Planned date', []],
    ['Tierart', []],
    ['Grund der Wartezeit', ['reason']],
    ['Colour', []],
    [null, []],
  ])('%s', (title, roles) => {
    expect(rolesOfField(title)).toEqual(roles);
  });
});
