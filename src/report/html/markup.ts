/** Markup that is safe to write out as it stands. Only `html` makes it, so text of others cannot become markup by being forgotten. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | null | false | readonly Piece[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it reads, wherever it stands: between tags or in a quoted attribute. A number keeps its sign of per cent on the same line. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign).replace(/(?<=\d) (?=%)/g, '\u00a0');
}

function write(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(write).join('');
  return escapeText(String(piece));
}

/** Markup with its holes escaped; null and false leave nothing, lists are joined. Attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...holes: readonly Piece[]): Html {
  return new Html(parts.map((part, index) => part + write(holes[index] ?? null)).join(''));
}

/** An address that may be followed from a report: http and https alone; null for anything else, such as `javascript:` or `data:`. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** The text as a link where its address may be followed, otherwise the text alone. */
export function link(url: string | null, text: string): Html {
  const href = safeUrl(url);
  return href === null ? html`${text}` : html`<a href="${href}" rel="noreferrer noopener">${text}</a>`;
}
