/** What to do about rows that are set aside, by code. */
const REMEDIES: Readonly<Record<string, string>> = {
  MISSING_KEY: 'Map ticket.id to a column that every ticket has.',
  BAD_KEY:
    'Map ticket.id to the column of the ticket number; ids such as 1.23E+17 are rounded: import the export as it comes, not as a spreadsheet saved it.',
  MISSING_TIME: 'Map created_at (or events.at) to a column that every row has, or export with that column filled.',
  BAD_TIME: 'Set `date_format` for the column to the form that its values have.',
  PLACEHOLDER_TIME: 'Export with the real time of creation; a day such as 1970-01-01 stands for "unknown".',
  FUTURE_TIME: 'Check `time_zone` and `date_format`: times behind now are often day and month in the wrong order.',
  NEGATIVE_DURATION: 'Check which column is the creation and which the end, and the order of day and month.',
  NUL_BYTE: 'Export again: the file holds NUL bytes; UTF-16 needs `encoding: utf-16`.',
  DUPLICATE_ID:
    'Map updated_at, so that the newest row of a ticket is known; or, when each row is a change, use mode events.',
  OLDER_ROW: 'Nothing to do: the newest row of each ticket is kept.',
};

export function remedyOf(code: string): string {
  return REMEDIES[code] ?? 'Look at the rows named, and correct the mapping or the export.';
}
