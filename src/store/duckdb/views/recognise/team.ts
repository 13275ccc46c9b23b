import { type Relation, table, view } from '../relation.ts';

/** "Most of its tickets" and "most of those reach it". */
const MOST = 0.6;
/** From here up to `MOST` a team may be one of its kind: nobody says so. */
const HALF = 0.35;
/** Tickets of a kind before a team is judged by them. */
const FEWEST = 10;
/** Tickets before a name is held against the work. */
const ENOUGH = 30;
/** How many times more often a team's tickets are of a kind than the other tickets of the desk. */
const LIFT = 3;
/** A team that so much of the desk's work comes in at is a first line. */
const MAIN = 0.3;
/** Up to this share of its tickets, a team does not answer customers. */
const SELDOM = 0.05;

/** Whether tickets of a kind (`w.<of>` of `w.<all>`) make up most of a team's and most of them reach it. */
function mostly(of: string, base: string, share: number): string {
  return `(w.${of} >= ${FEWEST} AND w.${of} >= ${share} * w.${base} AND w.${of} >= ${share} * w.all_${of} AND ${lifted(of, base, LIFT)})`;
}

function lifted(of: string, base: string, times: number): string {
  const everything = base === 'known' ? 'all_known' : 'all_tickets';
  return `w.${of} * greatest(w.${everything} - w.${base}, 1) >= ${times} * (w.all_${of} - w.${of}) * w.${base}`;
}

/** Half of its tickets, or half of those: the team may be made for them. */
function perhaps(of: string, base: string): string {
  return `(w.${of} >= ${FEWEST} AND w.${of} >= ${HALF} * w.${base} AND w.${of} >= ${HALF} * w.all_${of} AND ${lifted(of, base, 2)})`;
}

const OUTSIDE = `('engineering', 'product', 'success', 'sales', 'partner', 'other')`;

/**
 * What each team's work shows. A desk without marks of escalation can still show its escalation team: nearly all it gets is handed over,
 * most of that with a higher priority, and most of what is handed over so goes there. A team that never answers customers, only notes, is
 * outside support. Hand-overs of ordinary tickets make a second line, which is support.
 */
const judged = table(
  'm_team_judged',
  ['m_team_work', 'm_coverage', 'm_meaning'],
  () => `
    WITH desk AS (SELECT connection, sum(raised) AS raised FROM m_team_work GROUP BY connection),
    w AS (SELECT w.*, d.raised AS all_raised FROM m_team_work w JOIN desk d ON d.connection = w.connection)
    SELECT w.*, s.meaning AS stated, s.rank AS stated_tier,
      CASE
        WHEN ${mostly('of_top', 'known', MOST)} AND NOT ${mostly('marked', 'tickets', MOST)} THEN 'premium'
        WHEN ${mostly('marked', 'tickets', MOST)} AND NOT ${mostly('of_top', 'known', MOST)} THEN 'escalation'
        WHEN w.all_marked < ${FEWEST} AND w.handed >= ${MOST} * w.tickets AND w.raised >= ${FEWEST} AND w.raised >= ${MOST} * w.handed
          AND w.raised >= ${MOST} * w.all_raised THEN 'escalation'
        WHEN (w.partner >= ${FEWEST} AND w.partner >= ${MOST} * w.tickets AND ${lifted('partner', 'tickets', LIFT)})
          OR (w.done >= ${ENOUGH} AND w.by_partner >= ${MOST} * w.done) THEN 'partner'
        WHEN v.messages AND w.worked >= ${FEWEST} * 2 AND w.replied <= ${SELDOM} * w.worked AND w.noted >= ${HALF} * w.worked THEN
          CASE WHEN w.department IN ${OUTSIDE} THEN w.department WHEN w.named IN ${OUTSIDE} THEN w.named WHEN w.named IS NULL THEN 'other' END
      END AS shown,
      CASE
        WHEN ${mostly('of_top', 'known', MOST)} AND ${mostly('marked', 'tickets', MOST)} THEN 'premium or escalation'
        WHEN ${perhaps('of_top', 'known')} THEN 'premium'
        WHEN ${perhaps('marked', 'tickets')} THEN 'escalation'
        WHEN v.messages AND w.worked >= ${FEWEST} * 2 AND w.replied <= ${SELDOM} * w.worked AND w.noted >= ${HALF} * w.worked
          AND w.named IN ('support', 'premium') THEN 'other'
      END AS perhaps,
      CASE w.named
        WHEN 'premium' THEN w.known >= ${ENOUGH} AND w.all_of_top >= ${FEWEST} AND w.of_top < ${HALF} * w.known AND NOT ${lifted('of_top', 'known', 1.5)}
        WHEN 'escalation' THEN w.tickets >= ${ENOUGH} AND w.all_marked >= 2 * ${FEWEST} AND w.marked < ${HALF} * w.tickets
        ELSE false END AS denied,
      v.messages AND w.worked >= ${FEWEST} AND w.replied >= ${HALF} * w.worked
        AND ((w.handed >= 2 * ${FEWEST} AND w.handed >= ${MOST} * w.tickets)
          OR (w.born >= ${ENOUGH} AND w.born >= ${MOST} * w.tickets AND w.tickets >= ${MAIN} * w.all_tickets)) AS line
    FROM w
    JOIN m_coverage v ON v.connection = w.connection
    LEFT JOIN m_meaning s ON s.connection = w.connection AND s.kind = 'team' AND s.subject = w.team_id`,
);

/** What each team is for: stated, else by its work, else by its name where the work does not say otherwise; null = not known. */
const meant = table(
  'm_team_meant',
  ['m_team_judged'],
  () => `
    SELECT *,
      CASE
        WHEN stated IS NOT NULL THEN nullif(stated, 'none')
        WHEN shown IS NOT NULL THEN shown
        WHEN named IS NOT NULL AND NOT denied AND perhaps IS DISTINCT FROM 'other' THEN named
        WHEN named IS NULL AND perhaps IS NULL AND line THEN 'support'
        WHEN denied AND perhaps IS NULL AND line THEN 'support' END AS purpose,
      CASE
        WHEN stated IS NOT NULL THEN 'stated'
        WHEN shown IS NOT NULL THEN 'work'
        WHEN named IS NOT NULL AND NOT denied AND perhaps IS DISTINCT FROM 'other' THEN 'name'
        WHEN (named IS NULL OR denied) AND perhaps IS NULL AND line THEN 'work' END AS purpose_from
    FROM m_team_judged`,
);

const share = (of: string, base: string) => `CASE WHEN m.${base} > 0 THEN m.${of} / m.${base} END`;

/** Teams with what they are for, and the shares that tell it. */
const team = table(
  'team',
  ['m_team', 'm_team_meant'],
  () => `
    SELECT t.* REPLACE (
        CASE WHEN m.team_id IS NULL THEN t.purpose ELSE m.purpose END AS purpose,
        coalesce(m.stated_tier, t.tier, CASE WHEN m.purpose = 'support' AND m.tickets >= ${FEWEST} THEN
          CASE WHEN m.handed >= ${MOST} * m.tickets THEN 2 WHEN m.born >= ${MOST} * m.tickets THEN 1 END END) AS tier),
      CASE WHEN m.team_id IS NULL THEN CASE WHEN t.purpose IS NOT NULL THEN 'name' END ELSE m.purpose_from END AS purpose_from,
      coalesce(m.tickets, 0) AS tickets, ${share('born', 'tickets')} AS born_share, ${share('handed', 'tickets')} AS handed_share,
      ${share('of_top', 'known')} AS top_share, ${share('of_top', 'all_of_top')} AS top_reached,
      ${share('marked', 'tickets')} AS marked_share, ${share('marked', 'all_marked')} AS marked_reached,
      ${share('replied', 'worked')} AS replied_share, ${share('inside', 'actions')} AS inside_share
    FROM m_team t LEFT JOIN m_team_meant m ON m.connection = t.connection AND m.team_id = t.id`,
);

/** Teams whose work leaves open what they are for. */
const teamUnread = view(
  'm_team_unread',
  ['team', 'm_team_meant'],
  () => `
    SELECT m.connection, 'team' AS kind, m.team_id AS subject,
      CASE
        WHEN m.perhaps IS NOT NULL THEN 'perhaps ' || m.perhaps
        WHEN m.denied THEN 'its name says ' || m.named || ', its work does not'
        ELSE 'nothing tells what it is for' END AS detail
    FROM m_team_meant m JOIN m_team t ON t.connection = m.connection AND t.id = m.team_id
    WHERE t.active AND m.tickets >= ${FEWEST} AND m.stated IS NULL AND (m.purpose IS NULL OR m.denied)`,
);

/** Teams whose purpose is known, by how many of their tickets. */
const teamRecognised = view(
  'm_team_recognised',
  ['m_team_meant'],
  () => `
    SELECT connection, 'team' AS kind, team_id AS subject, purpose AS meaning, purpose_from AS how,
      CAST(CASE purpose WHEN 'premium' THEN of_top WHEN 'escalation' THEN marked WHEN 'partner' THEN partner ELSE worked END AS BIGINT) AS support,
      CAST(tickets AS BIGINT) AS base
    FROM m_team_meant WHERE purpose IS NOT NULL`,
);

export const TEAM: readonly Relation[] = [judged, meant, team, teamUnread, teamRecognised];
