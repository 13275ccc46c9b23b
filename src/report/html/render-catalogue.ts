import type { CatalogueView } from '../view/catalogue.ts';
import { type Html, html, Html as Markup } from './markup.ts';

/** Nothing may be fetched or run; the style is the one in the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1c2530,#e7ecf1);--quiet:light-dark(#566371,#a5b1bd);--line:light-dark(#dfe4ea,#36414c);--paper:light-dark(#fff,#151b21);--sunk:light-dark(#f3f5f7,#1d252d)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:980px;padding:28px 24px 60px;background:var(--paper);color:var(--ink);font:16px/1.55 Inter,"Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
a{color:inherit;text-underline-offset:2px}h1{font-size:2rem;line-height:1.15;margin:0 0 .3em}h2{font-size:1.3rem;margin:2.2em 0 .6em}h3{font-size:1.02rem;margin:0 0 .2em}p{margin:0 0 .5em}
.quiet,dt,summary{color:var(--quiet);font-size:.92rem}ul{list-style:none;margin:0;padding:0}li.entry{padding:14px 0;border-top:1px solid var(--line)}
dl{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:4px 16px;margin:.5em 0}dd{margin:0}summary{cursor:pointer}
pre{background:var(--sunk);border:1px solid var(--line);border-radius:8px;padding:12px;overflow-x:auto;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media(max-width:36rem){dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:6px}}
@media print{body{max-width:none;padding:0}li.entry{break-inside:avoid}}`;

type Area = CatalogueView['areas'][number];
type Entry = CatalogueView['signals'][number];

/** Links beside each other. */
function listed(links: readonly Html[]): Html {
  return html`${links.map((one, index) => html`${index === 0 ? '' : ', '}${one}`)}`;
}

function statement(one: Area['statements'][number]): Html {
  const read = one.signals.map((signal) => html`<a href="#${signal.id}" title="${signal.title}">${signal.short}</a>`);
  return html`<li class="entry" id="${one.id}"><h3>${one.id} ${one.name}</h3><p>${one.statement}</p>
<p class="quiet">Stage ${one.stage}. ${one.people_only ? 'Only people can tell.' : html`Read from ${listed(read)}`}</p></li>
`;
}

function signalOf(entry: Entry): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Reads', entry.reads],
    ['Lines', entry.lines_text],
    ['Worked out by', entry.worked_out],
    ['Fooled by', entry.fooled_by.join('; ')],
    ['To make it better', entry.remedy],
    ['Limits', entry.limits.join(' ')],
  ];
  const spoken = entry.statements.map(({ id, name }) => html`<a href="#${id}">${id} ${name}</a>`);
  return html`<li class="entry" id="${entry.signal.id}"><h3>${entry.signal.short} ${entry.signal.title}</h3><p>${entry.description}</p>
<dl>${facts.filter(([, text]) => text !== '').map(([word, text]) => html`<dt>${word}</dt><dd>${text}</dd>`)}<dt>Speaks for</dt><dd>${spoken.length === 0 ? 'No statement of this model' : listed(spoken)}</dd></dl>
<details><summary>SQL, version ${entry.version}</summary><pre><code>${entry.sql.trim()}</code></pre></details></li>
`;
}

/** Every statement of a model and every signal as one file of HTML that needs no script, no network and no other file. Pure. */
export function renderCatalogue({ model, areas, signals }: CatalogueView): string {
  return html`${new Markup('<!doctype html>\n')}<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>Catalogue of signals and statements: ${model.title}</title><style>${new Markup(STYLE)}</style></head>
<body><h1>Catalogue of signals and statements</h1>
<p class="quiet">Every statement of ${model.title} (version ${model.version}) and every signal: what it reads, its SQL, the lines its number is held against, and where they come from.</p>
<p><a href="#signals">To the signals</a></p>
<main>${areas.map(({ name, statements }) => html`<section><h2>${name}</h2><ul>${statements.map(statement)}</ul></section>`)}
<section><h2 id="signals">Signals: ${signals.length}</h2><ul>${signals.map(signalOf)}</ul></section></main></body></html>
`.text;
}
