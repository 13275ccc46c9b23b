/** Any origin will do: what is asked is only whether a path leaves it. */
const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: a path of the page, with its query. Anything that would lead to another server (`//evil`, `/\evil`, `https:`,
 * tabs and line ends that a browser drops), into the interface or to nowhere becomes the start page.
 */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > 500 || !/^\/[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return '/';
  const url = URL.canParse(asked, HERE) ? new URL(asked, HERE) : null;
  if (url === null || url.origin !== HERE || url.username !== '' || /^\/(\/|v1(\/|$))/.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
