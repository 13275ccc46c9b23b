import { describe, expect, it } from 'vitest';
import { classifyColumn, guardValue, isAlwaysHashed } from './label-privacy.ts';

function column(header: string, values: readonly string[], times = 5) {
  return {
    header,
    values: values.map((value) => ({ value, n: times })),
    distinct: values.length,
    filled: values.length * times,
  };
}

describe('a single value', () => {
  it.each([
    ['jm@example.org', 'mail addresses'],
    ['printer of jm@example.org', 'mail addresses'],
    ['Jana <jana.m@sub.example.co.uk>', 'mail addresses'],
    ['+49 170 1234567', 'telephone numbers'],
    ['call +49 (0)30 555-0199', 'telephone numbers'],
    ['030 / 5550199', 'telephone numbers'],
    ['(555) 123-4567', 'telephone numbers'],
    ['555-123-4567', 'telephone numbers'],
    ['01701234567', 'telephone numbers'],
    ['Anna Schmidt', 'names of people'],
    ['Schmidt, Anna', 'names of people'],
    ['SCHMIDT, ANNA', 'names of people'],
    ['anna schmidt', 'names of people'],
    ['A. Schmidt', 'names of people'],
    ['a.schmidt', 'names of people'],
    ['anna_schmidt', 'names of people'],
    ['Dr. Jan van der Berg', 'names of people'],
    ['José García', 'names of people'],
    ['Frau Musterfrau', 'names of people'],
    ['Laptop (Anna Schmidt)', 'names of people'],
    ['Reset the password of the user again.', 'sentences'],
    ['I cannot log in since this morning', 'sentences'],
    ['Der Drucker ist kaputt und druckt nicht', 'sentences'],
    ['Replaced laptop battery and informed the user', 'sentences'],
  ])('%s is %s', (value, kind) => expect(guardValue(value)).toBe(kind));

  it.each([
    'Customer Support',
    'IT Service Desk',
    'L2 Network',
    'Service Desk Berlin',
    'Technical Support - EMEA',
    'Software / Installation / Office 365',
    'Waiting for Customer',
    'Pending Vendor Response',
    'Closed (Duplicate)',
    'Request for new hardware',
    'hardware',
    'Windows 10 22H2',
    '10.0.19041.1288',
    '10.20.30.40',
    '2026-01-05 09:00:00',
    'v24.0',
    'P2',
    'INC0012345',
    '3 - Low',
    'Kundenservice',
    'Sales, EMEA',
    'user.password',
    'network.printer',
  ])('%s may stand in clear', (value) => expect(guardValue(value)).toBeNull());

  it('takes digits of an id for an id, not for a telephone number', () => {
    expect(guardValue('030-5550199', 'id')).toBeNull();
    expect(guardValue('jm@example.org', 'id')).toBe('mail addresses');
  });
});

describe('a column', () => {
  it.each([
    ['Group', ['Customer Support', 'IT Service Desk', 'L2 Network', 'Billing', 'Field Services']],
    ['team', ['Support', 'Sales', 'Engineering']],
    ['Category', ['hardware', 'software', 'network', 'access']],
    ['Assignment group', ['Group 12', 'Group 70', 'Group 3']],
    ['Product', ['laptop', 'printer', 'phone', 'Windows 11', 'SAP ERP', 'Citrix']],
    ['Resolution', ['FIXED', 'WONTFIX', 'DUPLICATE', 'INVALID']],
    ['Severity', ['S1', 'S2', 'S3']],
  ])('%s of labels stays clear', (header, values) =>
    expect(classifyColumn(column(header, values))).toEqual({ keep: 'clear', looksLike: null }),
  );

  it.each([
    ['Team member', ['Jana Musterfrau', 'Max Beispiel'], 'names of people'],
    ['group', ['Jana Musterfrau', 'Max Beispiel', 'Erika Muster'], 'names of people'],
    ['Owner', ['Jana', 'Max', 'Erika'], 'names of people'],
    ['Owner', ['Nkechi', 'Thandiwe', 'Bongani'], 'names of people'],
    ['whatever', ['Nkechi Okafor', 'Thandiwe Dlamini', 'Bongani Zulu'], 'names of people'],
    ['Assigned to', ['a.schmidt', 'j.doe', 'm.beispiel'], 'names of people'],
    ['Responsible', ['王伟', '李娜', '张敏'], 'names of people'],
    ['handler', ['Иван Петров', 'Ольга Смирнова'], 'names of people'],
    ['contact', ['a@example.org', 'b@example.org'], 'mail addresses'],
    ['line', ['+49 170 1234567', '+49 171 7654321'], 'telephone numbers'],
    [
      'Resolution',
      ['Reset the password of the user', 'I called them and they were happy', 'Replaced the laptop because it was old'],
      'sentences',
    ],
  ])('%s %j is hashed', (header, values, looksLike) =>
    expect(classifyColumn(column(header, values))).toEqual({ keep: 'hash', looksLike }),
  );

  it('of values that hardly repeat is hashed; a wish can bring it into clear', () => {
    const verdict = classifyColumn(
      column(
        'ref',
        Array.from({ length: 40 }, (_, i) => `X-${i}`),
        1,
      ),
    );
    expect(verdict).toEqual({ keep: 'hash', looksLike: 'values that do not repeat' });
    expect(isAlwaysHashed('values that do not repeat')).toBe(false);
    expect(isAlwaysHashed('names of people')).toBe(true);
  });

  it('of more values than a list of labels has is hashed', () =>
    expect(classifyColumn({ ...column('city', ['Bonn 1', 'Bonn 2']), distinct: 1001, filled: 90_000 }).looksLike).toBe(
      'too many different values',
    ));

  it('with one address among labels stays clear: that value is hashed alone', () =>
    expect(classifyColumn(column('Product', ['laptop', 'printer of jm@example.org'])).keep).toBe('clear'));

  it('without values is clear', () => expect(classifyColumn(column('x', [])).keep).toBe('clear'));

  it('of few cells is clear when each is a label, hashed when it may be prose or a person', () => {
    expect(classifyColumn(column('Category', ['Hardware', 'Software'], 1)).keep).toBe('clear');
    expect(classifyColumn(column('Short description', ['printer jam', 'mouse'], 1)).keep).toBe('hash');
    expect(classifyColumn(column('Category', ['Jana', 'Hardware', 'Network', 'Software'], 1)).keep).toBe('hash');
  });
});
