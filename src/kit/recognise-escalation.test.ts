import { describe, expect, it } from 'vitest';
import { becomesEscalated, saysEscalation } from './recognise-escalation.ts';
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

describe('changes that mark an escalation', () => {
  it.each([
    ['Stufe', 'normal', 'eskaliert', true],
    ['Stufe', 'eskaliert', 'eskaliert_2', false],
    ['Escalated', null, 'yes', true],
    ['Escalated', 'no', 'yes', true],
    ['Escalado', '0', '1', true],
    ['Escalated', 'yes', 'no', false],
    ['Escalated', 'level 1', 'level 2', false],
    ['Escalated', 'yes', null, false],
    ['Colour', null, 'red', false],
    [null, null, 'escalated', true],
  ])('%s from %s to %s: %s', (field, from, to, marks) => {
    expect(becomesEscalated(field, from, to)).toBe(marks);
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
