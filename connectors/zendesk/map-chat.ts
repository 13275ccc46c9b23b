import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { Message } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { Instant, MaybeId, MaybeText } from '../../src/kit/vendor-schema.ts';
import type { Step } from './attribute.ts';
import { type Directory, isStaff } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import type { ChildEvent } from './schema-events.ts';

/** Chat and messaging tickets carry their transcript in one event instead of one comment a message. */
const Transcript = z.looseObject({ history: z.array(z.unknown()) });
const Typed = z.looseObject({ type: z.literal('ChatMessage') });
const Line = z.object({
  type: z.literal('ChatMessage'),
  actor_type: MaybeText,
  actor_id: MaybeId,
  timestamp: Instant,
});

export function isTranscript(child: ChildEvent): boolean {
  return child.kind === 'ChatStartedEvent' || child.kind === 'ChatEndedEvent';
}

/** Messages of a transcript, each at its own instant; joins, leaves and files are no messages. Other events give an empty list. */
export function toChatMessages(
  step: Step,
  child: ChildEvent,
  place: number,
  directory: Directory,
  context: EarlyContext,
  rejected: SetAside[],
): Message[] {
  if (!isTranscript(child)) return [];
  const transcript = Transcript.safeParse(child.row.value);
  if (!transcript.success) return [];
  return transcript.data.history.flatMap((entry, index): Message[] => {
    if (!Typed.safeParse(entry).success) return [];
    const line = parseEach(Line, [entry], 'ticket-events', () => `${step.update.id}/${place}/${index}`);
    rejected.push(...line.rejected);
    const [kept] = line.kept;
    if (kept === undefined) return [];
    const { actor_type, actor_id, timestamp } = kept;
    const author = authorOf(actor_type, actor_id, directory, context);
    return [
      {
        ...blank('message'),
        id: `${step.update.id}:${child.id ?? place}:${index}`,
        ticket_id: step.update.ticketId,
        at: timestamp,
        seq: step.opening && index === 0 ? 0 : step.seq + place + index + 1,
        author,
        author_id: author === 'agent' ? actor_id : null,
        public: true,
        channel: 'chat',
        auto_reply: author === 'machine',
      },
    ];
  });
}

function authorOf(
  type: string | null,
  id: string | null,
  directory: Directory,
  context: EarlyContext,
): Message['author'] {
  if (type === 'end-user' || type === 'visitor') return 'customer';
  if (type === 'system' || type === 'trigger' || type === 'bot' || type === 'answer_bot') return 'machine';
  if (id !== null && directory.machines.has(id)) return 'machine';
  if (type === 'agent') return 'agent';
  const staff = isStaff(directory, context.settings.formerAgents, id);
  return staff === null ? null : staff ? 'agent' : 'customer';
}
