/** Personal texts of every kind that the store must never hold, each with a mark of its own. */
export const PLANTED = [
  'printer of zq.canary@example.org',
  '+49 170 5550123',
  'Anna Canarymann',
  'Canarymann, Peter',
  'a.canarymann',
  'I called Canarymann because the laptop of the canary was broken again.',
] as const;

/** What must not be found again, in whatever form a value was cut or joined. */
export const PLANTED_MARKS = ['canary', '5550123', '555 0123'] as const;

/** Keys of vendor records under which people write or choose freely. */
const FREE = new Set([
  'value',
  'values',
  'previous_value',
  'tags',
  'agent_label',
  'end_user_label',
  'subject',
  'raw_subject',
  'description',
  'body',
  'html_body',
  'plain_body',
  'comment',
  'reason',
  'email',
  'phone',
  'details',
  'notes',
  'alias',
  'signature',
  'Subject',
  'Content',
  'RealName',
  'EmailAddress',
  'Organization',
  'OldValue',
  'NewValue',
  'Data',
  'Description',
  'Comments',
  'Title',
  'SLA',
]);

/** A copy of a reply in which every free text holds personal text; numbers, ids, stamps and words of the vendor stay. */
export function plantPersonalText(reply: unknown): unknown {
  let next = 0;
  const plant = (): string => PLANTED[next++ % PLANTED.length] as string;
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
    if (typeof value !== 'string' || !FREE.has(key)) return value;
    return /^[\d\s:.TZ-]*$/.test(value) ? value : plant();
  };
  return walk(reply, '');
}
