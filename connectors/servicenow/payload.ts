const FIELD = /<([a-z][a-z0-9_]*)(?:\s[^<>]*)?>([^<]*)<\/\1>/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Fields of a record that the vendor wrote as XML, by name. A text without any gives none. */
export function fieldsOfXml(xml: string): Record<string, string> {
  return Object.fromEntries(
    [...xml.matchAll(FIELD)].map(([, name, value]) => [name as string, plain(value as string)]),
  );
}

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => ENTITIES[name] ?? '');
}
