/** A record in an issue tracker that a text points to. `key` identifies it across texts and is meant to be hashed before it is kept. */
export interface IssueReference {
  readonly system: string;
  readonly key: string;
}

const URL_PATTERN = /https?:\/\/[^\s<>"'()[\]{}|\\^`]{4,400}/giu;

type Recogniser = (url: URL) => IssueReference | null;

/** One row per tracker: host test, path pattern whose groups name the record. */
const TRACKERS: readonly (readonly [system: string, host: RegExp | null, path: RegExp])[] = [
  ['github', /^(?:www\.)?github\.com$/u, /^\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)/u],
  ['gitlab', null, /^\/([\w./-]+?)\/-\/(?:issues|work_items|merge_requests)\/(\d+)/u],
  ['linear', /^linear\.app$/u, /^\/([\w-]+)\/issue\/([A-Za-z][A-Za-z0-9]*-\d+)/u],
  ['azure_devops', /(?:^dev\.azure\.com|\.visualstudio\.com)$/u, /^\/(.+)\/_workitems\/edit\/(\d+)/u],
  ['bitbucket', /^bitbucket\.org$/u, /^\/([\w.-]+\/[\w.-]+)\/issues\/(\d+)/u],
  ['shortcut', /^app\.shortcut\.com$/u, /^\/([\w-]+)\/story\/(\d+)/u],
  ['asana', /^app\.asana\.com$/u, /^\/0\/(\d+)\/(\d+)/u],
  ['trello', /^trello\.com$/u, /^\/(c)\/(\w+)/u],
  ['jira', null, /^(?:\/[\w-]+)?\/(browse)\/([A-Z][A-Z0-9_]+-\d+)$/u],
  ['youtrack', /youtrack/u, /^(?:\/[\w-]+)?\/(issue)\/([A-Za-z][\w]*-\d+)/u],
  ['redmine', /redmine/u, /^(?:\/[\w-]+)?\/(issues)\/(\d+)$/u],
];

/**
 * Issue-tracker records that a text links to, each once, in order of appearance. Text without such links gives an empty list.
 * Only addresses count: bare keys such as ABC-123 are too often something else (device names, standards).
 * Never throws; keeps nothing of the text but system and record key.
 */
export function readIssueReferences(text: string): IssueReference[] {
  // Nearly no text has an address, and the pattern is slow to find that out.
  if (!text.includes('://')) return [];
  const found = new Map<string, IssueReference>();
  for (const [address] of text.matchAll(URL_PATTERN)) {
    const reference = recognise(address);
    if (reference !== null) found.set(`${reference.system} ${reference.key}`, reference);
  }
  return [...found.values()];
}

const recogniseUrl: Recogniser = (url) => {
  const host = url.hostname.toLowerCase();
  if (url.pathname.endsWith('/show_bug.cgi')) {
    const id = url.searchParams.get('id');
    return id === null ? null : { system: 'bugzilla', key: `${host}/${id}` };
  }
  const path = url.pathname.replace(/\/+$/u, '');
  for (const [system, hostTest, pathTest] of TRACKERS) {
    if (hostTest !== null && !hostTest.test(host)) continue;
    const match = pathTest.exec(path);
    if (match) return { system, key: `${host}/${match[1]}/${match[2]}`.toLowerCase() };
  }
  return null;
};

function recognise(address: string): IssueReference | null {
  const trimmed = address.replace(/(?:&(?:amp|quot|lt|gt|nbsp);?.*|[.,;:!?*]+)$/u, '');
  return URL.canParse(trimmed) ? recogniseUrl(new URL(trimmed)) : null;
}
