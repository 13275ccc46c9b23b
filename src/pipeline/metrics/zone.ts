import type { DeskZone } from '../../domain/snapshot.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { ConnectionRow, TelemetryStore } from '../../store/ports.ts';
import { endOfData } from '../end-of-data.ts';
import { isZone } from '../zone-days.ts';

interface ZoneChoice {
  /** Asked for on the command line. */
  readonly option?: string | undefined;
  /** `timezone` of the configuration. */
  readonly workspace?: string | null | undefined;
  /** For the zones that imports were told. */
  readonly connections?: readonly ConnectionRow[];
}

/**
 * Zone whose days, weeks and months figures are counted in: the one asked for; else that of the desk's default calendar (of several
 * desks the one with most tickets, unless the workspace names one); else `timezone` of the workspace; else the zone that the
 * mapping of an import states; else UTC, and said so. Errors: BAD_USAGE for a zone that does not exist.
 */
export async function findZone(telemetry: TelemetryStore, choice: ZoneChoice): Promise<DeskZone> {
  if (choice.option !== undefined) {
    if (!isZone(choice.option))
      throw new PlumblineError(
        'BAD_USAGE',
        `--tz ${choice.option} is not a time zone.`,
        'Write an IANA name, e.g. --tz Europe/Berlin or --tz UTC.',
      );
    return { id: choice.option, from: 'option', note: 'as asked for with --tz' };
  }
  const calendars = await calendarZones(telemetry);
  const workspace = choice.workspace ?? null;
  const first = calendars[0];
  if (first !== undefined && (calendars.length === 1 || workspace === null))
    return {
      id: first,
      from: 'calendar',
      note:
        calendars.length === 1
          ? 'of the business calendar of the desk'
          : `of the business calendar with most tickets; others have ${calendars.slice(1).join(', ')} (set timezone in plumbline.yaml to choose)`,
    };
  if (workspace !== null) return { id: workspace, from: 'workspace', note: '`timezone` of plumbline.yaml' };
  const mapped = [...new Set((choice.connections ?? []).map((row) => row.settings.time_zone))].filter(
    (zone): zone is string => typeof zone === 'string' && isZone(zone),
  );
  if (mapped.length === 1 && mapped[0] !== undefined)
    return { id: mapped[0], from: 'mapping', note: 'that the mapping of the import states' };
  return {
    id: 'UTC',
    from: 'none',
    note: 'as neither a calendar nor the configuration names one (set timezone in plumbline.yaml, or use --tz)',
  };
}

/** Zones of the default calendars that are in force at the end of the data, those of most tickets first. */
async function calendarZones(telemetry: TelemetryStore): Promise<string[]> {
  const asOf = endOfData(await telemetry.observability());
  if (asOf === null) return [];
  const rows = await telemetry.measure({ asOf, horizon: asOf }, (session) =>
    session.query(
      `with zone as (
        select connection, min(time_zone) as zone from calendar
        where is_default and coalesce(valid_to > $as_of, true) group by connection),
      held as (select connection, count(*) as tickets from ticket_all group by connection)
      select z.zone, coalesce(sum(h.tickets), 0) as tickets from zone z left join held h on h.connection = z.connection
      group by z.zone order by tickets desc, z.zone`,
      { as_of: asOf },
    ),
  );
  return rows.map((row) => String(row.zone)).filter(isZone);
}
