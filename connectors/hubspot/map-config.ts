import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { type Holds, toField as toTicketField } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toAgent as toMember } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import { named } from './desk.ts';
import { holdsCode, isOwn } from './fields.ts';
import type { Article, Form, Owner, Property, User } from './schema.ts';
import type { Settings } from './settings.ts';

/** `users` null = the token may not see them, so that nobody's role is known. A queue is nobody. */
export function toAgent(owner: Owner, users: readonly User[] | null, settings: Settings): TelemetryRecord<'agent'> {
  const queue = /^queue$/i.test(owner.type ?? '');
  const user = users?.find((one) => one.id === (owner.userId ?? owner.userIdIncludingInactive));
  const agent = toMember(
    {
      ...named(owner),
      role: queue || user === undefined ? null : user.superAdmin === true ? 'admin' : 'agent',
      active: owner.archived !== true,
      teams: owner.teams,
      created_at: owner.createdAt,
    },
    statedOf(settings),
  );
  return queue ? { ...agent, human: false } : agent;
}

function holdsOf(row: Property): Holds {
  const type = row.type?.toLowerCase() ?? '';
  if (/^bool/.test(type) || row.fieldType?.toLowerCase() === 'booleancheckbox') return 'checkbox';
  if (holdsCode(row)) return 'code';
  return type === 'number' ? 'number' : type.startsWith('date') ? 'date' : 'text';
}

/** A property of tickets. The vendor does not show which ones a stage asks for. */
export function toField(row: Property): TelemetryRecord<'automation'> {
  return toTicketField({
    id: `property:${row.name}`,
    name: row.name,
    title: row.label,
    holds: holdsOf(row),
    active: row.archived !== true,
    vendor_default: !isOwn(row),
    updated_at: row.updatedAt,
  });
}

const TICKETS = '0-5';
/** What every ticket has by nature: asking for it asks nothing. */
const GIVEN = new Set(['subject', 'content', 'hs_file_upload']);

/** A form that makes tickets; null for one that asks for nothing of a ticket. */
export function toForm(row: Form): TelemetryRecord<'automation'> | null {
  const asked = row.fieldGroups.flatMap((group) => group.fields).filter((one) => one.objectTypeId === TICKETS);
  if (asked.length === 0) return null;
  const shown = asked.filter((one) => one.hidden !== true);
  const required = shown.filter((one) => one.required === true && !GIVEN.has(one.name));
  return formRecord({
    id: row.id,
    active: row.archived !== true,
    shown: shown.map((one) => one.name),
    required: required.map((one) => one.name),
    updated_at: row.updatedAt,
  });
}

/** An article as the search of the site shows it: published ones alone, with the day of publication. One without that day is set aside. */
export function toArticle(row: Article, { pseudonymise }: Context): Mapped {
  if (row.publishedDate === null)
    return { rejected: [setAside('articles', row.id, 'publishedDate', 'expected: an instant, found nothing')] };
  const section = row.subcategory ?? row.category;
  return {
    article: [
      {
        ...blank('article'),
        id: row.id,
        created_at: row.publishedDate,
        published: true,
        // The search gives what visitors of the site find, and marks what is for some of them only.
        public: row.isPrivate !== true,
        category: section === null ? null : pseudonymise('reference', section),
      },
    ],
  };
}
