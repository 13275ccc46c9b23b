import { StoredSnapshot } from '../domain/snapshot.ts';
import { PlumblineError } from '../errors/plumbline-error.ts';

const SCHEMAS: readonly string[] = StoredSnapshot.options.map(({ shape }) => shape.schema.value);
const REMEDY = 'Use the version of plumbline that kept it, or a newer one; every other snapshot can still be read.';

function unreadable(digest: string, what: string): PlumblineError {
  return new PlumblineError('BAD_SNAPSHOT', `The snapshot ${digest.slice(0, 12)} ${what}.`, REMEDY, { where: digest });
}

function parseJson(digest: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw unreadable(digest, 'is not JSON');
  }
}

/**
 * A kept snapshot out of its text; what it says is not changed. Errors: BAD_SNAPSHOT for a schema that this version does not know, and for a body
 * that does not fit its schema.
 */
export function readStored(digest: string, body: string): StoredSnapshot {
  const json = parseJson(digest, body);
  const schema = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
  if (typeof schema !== 'string' || !SCHEMAS.includes(schema))
    throw unreadable(digest, `is of schema ${String(schema)}, and this version reads ${SCHEMAS.join(' and ')}`);
  const parsed = StoredSnapshot.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(digest, `does not fit its schema at ${issue?.path.join('.') || 'its top'} (${issue?.code})`);
}
