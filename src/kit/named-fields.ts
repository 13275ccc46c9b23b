import { type CodeFields, type CodeRole, chooseCodeFields, codeText, isFilled } from './code-fields.ts';

/** A field of which the vendor keys the values by its name, which people change: it is known by its id. */
interface NamedField {
  readonly id: string;
  readonly name: string | null;
}

/** Id of the field that people state by its name or id; where they state none, of the first one whose name says it. Null = none. */
export function chosenField(
  stated: string | undefined,
  fields: readonly NamedField[],
  says: (name: string) => boolean,
): string | null {
  const isIt = ({ id, name }: NamedField) =>
    stated === undefined ? says(name ?? '') : id === stated || name === stated;
  return fields.find(isIt)?.id ?? null;
}

/** Fields with product, category, severity and cause, by id: as stated by name or id, else lists whose name says so. */
export function chosenCodes(
  stated: Readonly<Partial<Record<CodeRole, string | undefined>>>,
  fields: readonly NamedField[],
  lists: readonly NamedField[],
): CodeFields {
  const ids = Object.entries(stated).flatMap(([role, name]) => {
    const id = name === undefined ? null : chosenField(name, fields, () => false);
    return id === null ? [] : [[role, id] as const];
  });
  return chooseCodeFields(
    Object.fromEntries(ids),
    lists.map(({ id, name }) => ({ name: id, title: name })),
  );
}

/** Values by the ids of their fields; what belongs to no listed field is left out. */
export function valuesById(
  values: Readonly<Record<string, unknown>> | null,
  fields: readonly NamedField[],
): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ id, name }) => [id, name === null ? null : values?.[name]]));
}

/** Terms of codes, `<kind>:<id>=<code>`, sorted; none of a field that is empty. */
export function codeTerms(
  kind: string,
  byId: Readonly<Record<string, unknown>>,
  lists: readonly NamedField[],
): string[] {
  return lists
    .flatMap(({ id }) => {
      const code = codeText(byId[id]);
      return code === null ? [] : [`${kind}:${id}=${code}`];
    })
    .sort();
}

/** Whether one of the fields that a title gives a meaning holds something; an unticked box holds nothing. Null = there is no such field. */
export function holdsAny(
  byId: Readonly<Record<string, unknown>>,
  fields: readonly NamedField[],
  isMeant: (title: string | null) => boolean,
): boolean | null {
  const meant = fields.filter(({ name }) => isMeant(name));
  return meant.length === 0 ? null : meant.some(({ id }) => isFilled(byId[id]));
}
