import { z } from 'zod';
import { orRefusal } from '../capability.ts';
import { once } from '../once.ts';
import { askPage, type PageAsk, type Reader } from '../page/pager.ts';

const Bare = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) });

/** Records that are looked below: one may be gone, or kept from this user alone. */
const TRIED = 3;
const REFUSED = [402, 403, 404, 410];
/** The record went into another one, to whose address the vendor leads: that says nothing of the call. */
const MOVED = [301, 302, 307, 308];

/** Whether a call below records may be used: false when the vendor refuses it for each of the first three, twice. No record, and one that moved, say nothing: true. Errors: those of the client. */
export function seesBelow(reader: Reader, ids: readonly string[], ask: (id: string) => PageAsk): Promise<boolean> {
  return seesAny(reader, ids.map(ask));
}

/** As `seesBelow`, for questions at hand. */
export async function seesAny({ http, signal }: Reader, asks: readonly PageAsk[]): Promise<boolean> {
  let refused = 0;
  for (const ask of asks.slice(0, TRIED)) {
    const asked = await orRefusal(() => http.getJson({ ...ask, schema: z.unknown(), signal }), [...REFUSED, ...MOVED]);
    if (asked.found !== null) return true;
    if (REFUSED.includes(asked.refusal.status)) refused += 1;
  }
  return refused === 0;
}

/** Which calls below records may be used, each looked at once, by the first that asks. `sample` = ids of some records; null = not even they can be seen. */
export function looksBelow<P extends string>(
  reader: Reader,
  sample: () => Promise<readonly string[] | null>,
  calls: Readonly<Record<P, (id: string) => PageAsk>>,
): (part: P) => Promise<boolean> {
  const looks = new Map(
    (Object.entries(calls) as [P, (id: string) => PageAsk][]).map(([part, ask]) => [
      part,
      once(async () => seesBelow(reader, (await sample()) ?? [], ask)),
    ]),
  );
  return async (part) => (await looks.get(part)?.()) ?? true;
}

/** Ids of the first rows of a list, to look below; null = the list is refused. Errors: those of the client. */
export async function firstIds(reader: Reader, ask: PageAsk, at?: string): Promise<readonly string[] | null> {
  const place = at === undefined ? { place: ask.path } : { at, place: ask.path };
  const asked = await orRefusal(() => askPage(reader, ask, place), [400, ...REFUSED]);
  if (asked.found === null) return null;
  return asked.found.rows.flatMap((row) => Bare.safeParse(row).data?.id ?? []).slice(0, TRIED);
}
