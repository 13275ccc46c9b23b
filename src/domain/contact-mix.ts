import { z } from 'zod';
import { Slug } from './fed-by.ts';
import { Range } from './range.ts';

export const CONTACT_KINDS = ['eroding', 'routine', 'adding'] as const;
/** What a contact does to value: it should not have been needed, it could do without a person, or it adds to what the customer gets. */
export const ContactKind = z.enum(CONTACT_KINDS);
export type ContactKind = z.infer<typeof ContactKind>;

/** What a contact can be told by, the one that knows most first: a cause is set by who solved it, a form by who wrote. */
export const CONTACT_MARKS = ['cause', 'category', 'tag', 'form'] as const;
export const ContactMark = z.enum(CONTACT_MARKS);
export type ContactMark = z.infer<typeof ContactMark>;

/** Customers' contacts of a window that share their codes. Ids, hashes and counts only: no text of a ticket comes here. */
export const ContactGroup = z.strictObject({
  cause: z.string().nullable(),
  category: z.string().nullable(),
  tags: z.array(z.string()),
  form: z.string().nullable(),
  contacts: z.int().nonnegative(),
  /** Of them, written within two weeks of a solution to the same customer on the same topic. */
  returning: z.int().nonnegative(),
  /** Of them, tied to an issue or a problem record. */
  linked: z.int().nonnegative(),
  /** Of them, solved with one reply of a person. */
  one_reply: z.int().nonnegative(),
  /** Of them, answered with a template or an article. */
  known_answer: z.int().nonnegative(),
  /** Of them, answered by a person; null = replies are not recorded. */
  answered: z.int().nonnegative().nullable(),
  /** Working hours that people spent on all of them; null = not recorded. */
  hours: Range.nullable(),
});
export type ContactGroup = z.infer<typeof ContactGroup>;

/** What the user says of one code, once. */
export const ContactRule = z.strictObject({
  by: ContactMark,
  value: z.string().min(1).max(200),
  kind: ContactKind,
  /** Pair of the value exchange that such contacts belong to. */
  step: Slug.optional(),
});
export type ContactRule = z.infer<typeof ContactRule>;
