import { Document, isMap, parseDocument, YAMLMap } from 'yaml';
import type { Statement } from '../domain/meaning.ts';

const HEAD = ' Plumbline configuration: `plumbline init` writes one with every key explained.';

/**
 * Adds statements to the text of a plumbline.yaml; what stands there is neither changed nor repeated, comments stay. Gives the new text and the
 * statements that were added. `text` null = a new file.
 */
export function addStatements(
  text: string | null,
  statements: readonly Statement[],
): { readonly text: string; readonly added: readonly Statement[] } {
  const document = text === null || text.trim() === '' ? new Document({}) : parseDocument(text);
  if (text === null) document.commentBefore = HEAD;
  if (document.contents === null) document.contents = document.createNode({});
  const added: Statement[] = [];
  for (const statement of statements) {
    const { section, subject, value } = statement;
    const stood = document.get(section, true);
    if (isMap(stood) && stood.items.some((pair) => String(pair.key) === subject)) continue;
    if (!isMap(stood) || stood.items.length === 0) document.set(section, new YAMLMap());
    const map = document.get(section, true);
    if (!isMap(map)) continue;
    const key = document.createNode(subject);
    key.type = 'QUOTE_DOUBLE';
    map.add(document.createPair(key, value));
    added.push(statement);
  }
  return { text: added.length === 0 && text !== null ? text : document.toString({ lineWidth: 0 }), added };
}
