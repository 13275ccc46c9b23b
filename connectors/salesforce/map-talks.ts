import type { Message } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { type Desk, isUser } from './desk.ts';
import type { ChatTranscript, MessagingSession, VoiceCall } from './schema.ts';
import { sideOf } from './staff.ts';

export interface TalkDesk extends Desk {
  /** When the cases were made: often while somebody already talked, who cannot have answered a case before it was there. */
  readonly born: ReadonlyMap<string, Date>;
}

/**
 * Talks are one text, or none: of a chat, a session of messaging and a call it is told when somebody of the desk took it. That moment stands for the
 * words of the desk, as what was said is not looked at.
 */
function taken(
  talk: {
    readonly id: string;
    readonly ticketId: string | null;
    readonly at: Date | null;
    readonly owner: string | null;
  },
  channel: Message['channel'],
  { staff, context, born }: TalkDesk,
): Mapped {
  const { id, ticketId, at, owner } = talk;
  if (ticketId?.startsWith('500') !== true || at === null || !isUser(owner)) return {};
  const author = sideOf(owner, 'Standard', staff, context.settings);
  const from = Math.max(at.getTime(), born.get(ticketId)?.getTime() ?? 0);
  return {
    message: [
      {
        ...blank('message'),
        ...{ id, ticket_id: ticketId, at: new Date(from), seq: 1, author, channel },
        author_id: author === 'agent' ? owner : null,
        public: true,
        auto_reply: author === 'machine',
      },
    ],
  };
}

/** A chat that nobody of the desk wrote in has no words of the desk. */
export function toChat(row: ChatTranscript, desk: TalkDesk): Mapped {
  if (row.OperatorMessageCount === 0) return {};
  return taken({ id: row.Id, ticketId: row.CaseId, at: row.StartTime, owner: row.OwnerId }, 'chat', desk);
}

export function toCall(row: VoiceCall, desk: TalkDesk): Mapped {
  const at = row.CallAcceptDateTime ?? row.CallConnectDateTime;
  return taken({ id: row.Id, ticketId: row.RelatedRecordId, at, owner: row.OwnerId }, 'voice', desk);
}

/** A session that a bot took part in, and when somebody of the desk accepted it. */
export function toSession(row: MessagingSession, desk: TalkDesk): Mapped {
  const withBot = /^bot/i.test(row.AgentType ?? '');
  const { pseudonymise } = desk.context;
  const talk = { id: row.Id, ticketId: row.CaseId, at: row.AcceptTime, owner: row.OwnerId };
  return {
    ...taken(talk, 'messaging', desk),
    bot_session: !withBot
      ? []
      : [
          {
            ...blank('bot_session'),
            id: row.Id,
            started_at: row.StartTime ?? row.CreatedDate,
            handed_over: /toagent/i.test(row.AgentType ?? ''),
            requester_key: row.MessagingEndUserId === null ? null : pseudonymise('requester', row.MessagingEndUserId),
            ticket_id: row.CaseId,
          },
        ],
  };
}
