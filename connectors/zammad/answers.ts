import { z } from 'zod';
import { probeCapability } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { API, type Context } from './account.ts';
import { toArticle } from './map-config.ts';
import { Answer, Translation } from './schema.ts';

const GRANT =
  'Give the token the permission "knowledge_base.editor" (Avatar > Profile > Token Access), and its user a role that has it.';

/** Records by table and id. Who may not see the knowledge base is given an empty list. */
const Assets = z.union([z.array(z.unknown()).max(0), z.record(z.string(), z.unknown())]);

async function readAssets(context: Context): Promise<Readonly<Record<string, unknown>> | null> {
  const { data } = await context.http.getJson({
    path: `${API}/knowledge_bases/init`,
    method: 'POST',
    body: {},
    schema: Assets.nullable(),
    signal: context.signal,
  });
  return data === null || Array.isArray(data) ? null : data;
}

function rowsOf(assets: Readonly<Record<string, unknown>>, table: string): unknown[] {
  const rows = assets[table];
  return typeof rows === 'object' && rows !== null ? Object.values(rows) : [];
}

/** Answers of all knowledge bases: the vendor gives the whole tree in one reply, without the texts. */
export const answers: Feed<Context> = {
  id: 'answers',
  title: 'Answers of the knowledge base',
  kind: 'config',
  provides: { articles: ['edited_at', 'published', 'public', 'author_id', 'editor_id', 'category'] },
  adds: false,
  probe: (context) =>
    probeCapability(
      async (): Promise<Capability> => {
        const assets = await readAssets(context);
        if (assets === null) return { status: 'permission', detail: GRANT };
        if (rowsOf(assets, 'KnowledgeBase').length > 0) return { status: 'available' };
        return { status: 'absent', detail: 'No knowledge base is set up.' };
      },
      { permission: GRANT, absent: 'No knowledge base is set up.' },
    ),
  async *read(context) {
    const assets = (await readAssets(context)) ?? {};
    const found = parseEach(Answer, rowsOf(assets, 'KnowledgeBaseAnswer'), 'answers');
    const texts = parseEach(Translation, rowsOf(assets, 'KnowledgeBaseAnswerTranslation'), 'answers');
    const article = found.kept.map((row) =>
      toArticle(
        row,
        texts.kept.filter((text) => text.answer_id === row.id),
        context.until,
      ),
    );
    yield pageOf({ article }, [...found.rejected, ...texts.rejected], found.kept.length);
  },
};
