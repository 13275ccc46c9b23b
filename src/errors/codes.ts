export const ERROR_KINDS = ['config', 'permission', 'rate_limited', 'vendor', 'data', 'bug'] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

interface CodeEntry {
  readonly kind: ErrorKind;
  readonly meaning: string;
}

function entry(kind: ErrorKind, meaning: string): CodeEntry {
  return { kind, meaning };
}

/** Every error code of the product. docs/errors.md is generated from this list. Keep it sorted by kind, then name. */
export const CODES = {
  BAD_ANSWERS: entry('config', 'An answers file does not fit the model.'),
  BAD_CONFIG: entry('config', 'plumbline.yaml or an environment override is not valid.'),
  BAD_BACKUP: entry('config', 'A backup is not whole, or is not one.'),
  BAD_INPUT_FILE: entry('config', 'A file to import cannot be read as what it claims to be.'),
  BAD_MAPPING: entry('config', 'A mapping file does not fit the data.'),
  BAD_MODEL: entry('config', 'A maturity model file is not valid.'),
  BAD_POINTS: entry('config', 'A points file for `place` is not valid.'),
  BAD_RULES: entry('config', 'A rule pack is not valid.'),
  BAD_SCHEDULE: entry('config', 'A schedule cannot be understood.'),
  BAD_SNAPSHOT: entry('config', 'A kept snapshot is of a schema that this version does not know, or is damaged.'),
  BAD_URL: entry('config', 'A helpdesk address is not acceptable.'),
  BAD_USAGE: entry('config', 'A command was called with arguments that it cannot use.'),
  FILE_REFUSED: entry(
    'config',
    'A file or folder cannot be read or written as asked, for example on a read-only disk.',
  ),
  NO_BROWSER: entry('config', 'There is no browser that could print a PDF.'),
  NO_DATA: entry('config', 'There is nothing to work on yet.'),
  NOT_A_HELPDESK: entry('config', 'The address answers, but not as the helpdesk API.'),
  OTHER_FORM: entry('config', 'A file of another form is already imported under the name.'),
  PDF_FAILED: entry('config', 'The browser did not print the report.'),
  ROWS_LOST: entry('config', 'More rows of a file would be lost than may be, or all of them.'),
  SANDBOX_MEMORY: entry('config', 'SQL of a rule pack needs more memory than it may have.'),
  SANDBOX_REFUSED: entry('config', 'SQL of a rule pack asked for something that the sandbox does not give.'),
  SANDBOX_TIMEOUT: entry('config', 'SQL of a rule pack did not end in its time.'),
  STORE_DAMAGED: entry('config', 'A file of the store is damaged or was cut off; running again does not help.'),
  STORE_LOCKED: entry('config', 'Another process holds the data folder.'),
  STORE_NEWER: entry('config', 'The store was written by a newer version.'),
  UNKNOWN_NAME: entry('config', 'A connection, signal, criterion or model of that name does not exist.'),
  WRONG_STATE: entry(
    'config',
    'What is asked for does not fit the present state, e.g. to cancel a run that has ended.',
  ),
  NOT_ALLOWED: entry('permission', 'The access token is missing, unknown or of a role that may not do this.'),
  PERMISSION_DENIED: entry('permission', 'The helpdesk refuses the credentials or the scope.'),
  SECRET_MISSING: entry('permission', 'A secret that a connection refers to cannot be read.'),
  RATE_LIMITED: entry('rate_limited', 'The helpdesk asks to wait longer than this run may.'),
  TOO_MANY_REQUESTS: entry('rate_limited', 'A token or an address asks Plumbline more often than it may.'),
  VENDOR_BROKEN: entry('vendor', 'The helpdesk answered with something that is not its API format.'),
  VENDOR_CUT: entry(
    'vendor',
    'The helpdesk cuts off rows that no further page gives, e.g. more in one second than a page holds.',
  ),
  VENDOR_LOOP: entry('vendor', 'The helpdesk repeats a cursor; going on would never end.'),
  VENDOR_REFUSED: entry(
    'vendor',
    'The helpdesk opened a part of itself and then refused to go on reading it; only a probe can say that a permission is missing.',
  ),
  VENDOR_UNREACHABLE: entry('vendor', 'The helpdesk does not answer.'),
  CURSOR_MOVED: entry('vendor', 'Another worker has moved this cursor; what was read meanwhile is read again.'),
  NOTICE_FAILED: entry('vendor', 'A notification target does not accept what it is sent.'),
  QUEUE_FAILED: entry('vendor', 'The queue (Redis or PostgreSQL) does not answer.'),
  STORE_FAILED: entry('vendor', 'The store could not be written, for example because the disk is full.'),
  RECORD_REJECTED: entry('data', 'A record does not have the expected form and was set aside.'),
  CELL_REJECTED: entry('data', 'A value of a record does not have the expected form; the record was kept without it.'),
  BUG: entry('bug', 'An invariant of the program is broken.'),
} as const satisfies Record<string, CodeEntry>;

export type ErrorCode = keyof typeof CODES;
