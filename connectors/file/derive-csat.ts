import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { TicketView } from './build-ticket.ts';
import type { Plan } from './plan.ts';

type Csat = TelemetryRecord<'csat'>;

/** The scale in words: the ends of a range, or the words from worst to best. */
function scaleOf(plan: Plan): string | null {
  const { range, values } = plan.mapping.satisfaction ?? {};
  if (range !== undefined) return range.join('-');
  const words = Object.entries(values ?? {}).flatMap(([word, score]) =>
    typeof score === 'number' ? [[word, score] as const] : [],
  );
  return words.length === 0
    ? null
    : words
        .sort(([, a], [, b]) => a - b)
        .map(([word]) => word)
        .join('/')
        .slice(0, 120);
}

/** Whether the file tells which tickets were asked: by a column of its own or by a word such as "Offered". */
export function tellsOffers(plan: Plan): boolean {
  const { offered_at, values } = plan.mapping.satisfaction ?? {};
  return offered_at !== undefined || Object.values(values ?? {}).includes('offered');
}

/**
 * The survey of one ticket, or none where it was not asked or nothing is known. Where the file does not date offer and answer, they carry
 * the ticket's end (else its last change, else its creation) and coverage does not name those fields as recorded.
 */
export function deriveCsat(plan: Plan, id: string, view: TicketView, around: number): Csat[] {
  const value = view.cell('satisfaction');
  const asked = view.cell('satisfaction.offered_at');
  const answered = typeof value === 'number';
  if (!answered && value !== 'offered' && asked === null) return [];
  const answeredAt = answered ? (view.cell('satisfaction.answered_at') ?? around) : null;
  const offeredAt = asked ?? (tellsOffers(plan) ? (answeredAt ?? around) : null);
  return [
    {
      id: `${id}:csat`,
      ticket_id: id,
      offered_at: typeof offeredAt === 'number' ? new Date(offeredAt) : null,
      answered_at: typeof answeredAt === 'number' ? new Date(answeredAt) : null,
      score: answered ? value : null,
      scale: scaleOf(plan),
      reason_code: null,
    },
  ];
}
