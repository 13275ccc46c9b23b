import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { Field } from './schema.ts';
import type { Settings } from './settings.ts';
import { namesOf, type SlaMetric, slaMetric } from './words.ts';

/** Fields of a site by what they are used for: ids as in `fields` of an issue. */
export interface FieldRoles {
  readonly codes: CodeFields;
  readonly slas: ReadonlyMap<string, SlaMetric>;
  /** SLAs whose names do not say what they promise. */
  readonly unreadSlas: number;
  readonly team: string | null;
  readonly organisations: string | null;
  readonly requestType: string | null;
  readonly rating: string | null;
  readonly ratedAt: string | null;
  /** Names of the fields by id, those as they were given and those in the language of whoever reads. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const DESK = 'com.atlassian.servicedesk:';
const CODES = /:(?:select|radiobuttons|cascadingselect|multiselect|multicheckboxes)$/;

/** Whether values of a field are codes from a list; others may be free text and are never kept. */
export function holdsCode(field: Field): boolean {
  const { type, custom } = field.schema ?? {};
  return CODES.test(custom ?? '') || ['option', 'priority', 'status', 'issuetype', 'resolution'].includes(type ?? '');
}

export function rolesOfFields(fields: readonly Field[], settings: Settings): FieldRoles {
  const ofType = (end: string) => fields.find((field) => field.schema?.custom === `${DESK}${end}`)?.id ?? null;
  const slas = fields.filter((field) => field.schema?.custom === `${DESK}sd-sla-field`);
  const meant = slas.flatMap((field): [string, SlaMetric][] => {
    const metric = settings.slas[field.id] ?? slaMetric(namesOf(field));
    return metric === null ? [] : [[field.id, metric]];
  });
  return {
    codes: chooseCodeFields(
      settings.fields,
      fields
        .filter((field) => CODES.test(field.schema?.custom ?? ''))
        .map((field) => ({ name: field.id, title: namesOf(field)[0] ?? null })),
    ),
    slas: new Map(meant),
    unreadSlas: slas.length - meant.length,
    team: settings.fields.team ?? teamField(fields),
    organisations: ofType('sd-customer-organizations'),
    requestType: ofType('vp-origin'),
    rating: ofType('sd-request-feedback'),
    ratedAt: ofType('sd-request-feedback-date'),
    names: new Map(fields.map((field) => [field.id, namesOf(field)])),
  };
}

/** Groups that can be listed go before Atlassian teams, which cannot. */
function teamField(fields: readonly Field[]): string | null {
  const groups = fields.find((field) => field.schema?.type === 'group');
  const teams = fields.find((field) =>
    /:(?:atlassian-team|rm-teams-custom-field-team)$/.test(field.schema?.custom ?? ''),
  );
  return (groups ?? teams)?.id ?? null;
}
