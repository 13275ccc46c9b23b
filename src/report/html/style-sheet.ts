import type { Paper } from './report-view.ts';

const PAGE: Readonly<Record<Paper, string>> = { a4: 'A4', letter: 'letter' };

const BASE = `
:root{--ink:#1c2530;--quiet:#586573;--line:#dfe4ea;--paper:#fff;--wash:#f5f7f9;--together:#0d6560;--tint:#e6f1ef;--said:#b4600a;--seen:#1f62a8;--assured:#3f4a56;--bad:#a33a2a}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{margin:0;background:var(--wash);color:var(--ink);font:15px/1.5 Inter,"Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:inherit;text-decoration-color:#9aa7b4;text-underline-offset:2px}
h1{font-size:40px;line-height:1.1;letter-spacing:-.02em;font-weight:650;margin:.5em 0 .15em}
h2{font-size:20px;line-height:1.25;letter-spacing:-.01em;font-weight:650;margin:0 0 .4em}
h3{font-size:15px;line-height:1.35;font-weight:650;margin:0 0 .2em}
p{margin:0 0 .6em}ul,ol{margin:0 0 .8em;padding-left:1.3em}li{margin:0 0 .25em}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
.quiet{color:var(--quiet);font-size:.9em}.lead{font-size:19px;line-height:1.4;color:#2d3946;margin-bottom:.8em}
.number{text-align:right;white-space:nowrap}
nav.contents{max-width:900px;margin:0 auto;padding:18px 48px 0;display:flex;flex-wrap:wrap;gap:6px 18px;font-size:14px;color:var(--quiet)}
.sheet{background:var(--paper);max-width:900px;margin:20px auto;padding:40px 48px;border:1px solid var(--line);border-radius:10px;overflow-wrap:break-word}
.mast,.page-foot{display:flex;justify-content:space-between;gap:16px;color:var(--quiet);font-size:13px;border-bottom:1px solid var(--line)}
.mast p{margin:0 0 .5em}.page-foot{border:0;border-top:1px solid var(--line);padding-top:.6em;margin-top:1em;display:block}
.facts{display:grid;grid-template-columns:repeat(3,1fr);gap:14px;margin:0 0 16px}
.fact{border-top:3px solid var(--together);padding-top:8px;font-size:13.5px;line-height:1.4;color:var(--quiet)}
.fact p{margin:0}.fact-label{font-weight:600;color:var(--ink)}.fact .fact-value{font-size:22px;line-height:1.25;color:var(--ink);font-weight:650;letter-spacing:-.01em}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--quiet);font-size:13px;padding:0 0 4px}
.ladder th,.ladder td{padding:4px 8px;text-align:left;border-top:1px solid var(--line);vertical-align:middle}
.ladder{table-layout:fixed}.ladder th{font-weight:500;width:21%}.rung-number{display:inline-block;width:1.4em;color:var(--quiet)}
.ladder .law{width:29%}.ladder .number{width:9%;text-align:right}.ladder .in-range{background:#f3f8f7}.ladder .here th{font-weight:700}
.law-bar{display:block;height:10px;border-radius:2px;background:#9fb9b5;min-width:1px}.here .law-bar{background:var(--together)}
.mark{display:inline-block;font-size:12px;line-height:1.3;padding:1px 6px;border-radius:9px;border:1px solid;background:#fff;white-space:nowrap;margin:1px 0}
.mark.said{color:var(--said)}.mark.seen{color:var(--seen)}.mark.together{color:#fff;background:var(--together);border-color:var(--together)}.mark.assured{color:var(--assured)}

.areas{list-style:none;padding:0;margin:12px 0 0;display:flex;gap:14px;font-size:13px;line-height:1.35;color:var(--quiet)}.areas li{flex:1;margin:0}.areas b{display:block;color:var(--ink);font-weight:600}.holds{margin:14px 0 16px;font-weight:550}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:32px}
.page-one h2{font-size:16px}.page-one section{margin-bottom:10px}
.moves-short li{margin-bottom:.5em}.moves-short .quiet{display:block}
.gaps{list-style:none;padding:0}.gaps li{display:grid;grid-template-columns:1.2fr 1fr;gap:10px;align-items:center;font-size:13.5px;line-height:1.35}.gaps em{color:var(--quiet);font-style:normal}
.key{color:var(--quiet);font-size:12.5px;line-height:1.5}.key i{display:inline-block;width:9px;height:9px;margin:0 2px 0 6px}.key i:first-child{margin-left:0}
.key-said{background:var(--said)}.key-seen{background:var(--seen);border-radius:50%}.legend{display:inline-block;margin-right:12px}
.chart{display:block;width:100%;height:auto;overflow:visible}
.axis,.grid,.tick,.zero{stroke:#cfd6de;stroke-width:1}.label{font-size:9px;fill:#586573}
.seen-band{stroke:var(--seen);stroke-opacity:.28;stroke-width:7}.gap{stroke:#8793a0;stroke-width:1.5}.seen-dot{fill:var(--seen)}.said-dot{fill:var(--said)}
.course{stroke:var(--together);stroke-width:2}.broken{stroke-dasharray:2 4;stroke:#8793a0}.course-dot{fill:var(--together)}.assured-tick{stroke:var(--assured);stroke-width:3}
.bar.for{fill:#3f8f7f}.bar.against{fill:#c06a58}.bar.neither{fill:#b9c2cb}.line-partly{stroke:#8793a0;stroke-width:1.5;stroke-dasharray:2 2}.line-fully{stroke:#3b4753;stroke-width:1.5}
.matrix{table-layout:fixed;font-size:12px;line-height:1.35}.matrix th,.matrix td{border:1px solid #fff;border-width:2px;padding:7px 8px;vertical-align:top;text-align:left}
.matrix thead th{color:var(--quiet);font-weight:600;vertical-align:bottom;padding-left:2px}.matrix tbody th{font-weight:650;padding-left:0}.matrix th span,.data th span{display:block;color:var(--quiet);font-weight:400}
.cell b{display:block;margin-bottom:2px}.cell span{color:#3b4753}.in_place{background:#bfe0d6}.partly{background:#e0eee6}.not_there{background:#f4ddd6}.open{background:#eceff2}.unseen{background:#fff;outline:1px dashed #b9c2cb;outline-offset:-3px}
.people{background:repeating-linear-gradient(135deg,#f4f6f8 0 5px,#e6eaee 5px 7px)}
.data{font-size:13.5px;line-height:1.4}.data th,.data td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;border-top:1px solid var(--line)}.data thead th{border-top:0;color:var(--quiet);font-weight:600;font-size:12.5px}.data tbody th{font-weight:500;min-width:90px}.data td.number{text-align:right}.data thead th:last-child,.data td:last-child{padding-right:0}
.wide{width:26%;min-width:130px}.data .law{width:22%;vertical-align:middle}
.ledger,.signals{table-layout:fixed}.ledger th:nth-child(2){width:27%}.ledger th:nth-child(3){width:15%;text-align:right}.ledger td{padding-top:4px;padding-bottom:4px;vertical-align:middle}.ledger{margin-bottom:8px}.signals th:nth-child(1){width:32%}.signals th:nth-child(2){width:19%}.signals th:nth-child(3){width:17%}.signals thead th:nth-child(3){text-align:right}.signals th:nth-child(4){width:18%}
.moves>li{margin-bottom:1em}.set{margin-top:1.6em;font-size:17px;color:var(--together)}
.signals tbody th span{display:inline}.statement{border-top:1px solid var(--line);padding-top:14px;margin-top:14px}.statement header{display:flex;justify-content:space-between;gap:12px}.level-word{color:var(--quiet);white-space:nowrap;margin:0}
.quoted{color:#3b4753}.levels{display:flex;gap:2px;max-width:340px;margin:0 0 8px;font-size:11px;line-height:16px;text-align:center;color:#3b4753}.level{flex-basis:0;background:#e6eaee;border-radius:2px}.level.here{background:var(--together);color:#fff;font-weight:600}
.conflict{border-left:3px solid var(--bad);padding-left:10px}
@media (max-width:640px){.areas{flex-wrap:wrap}.areas li{flex:1 0 40%}.ladder{table-layout:auto}.ladder th{width:auto;white-space:nowrap}.ladder th,.ladder td{padding:5px 4px}.ladder .law{width:24%}.ledger .number{white-space:normal}.mast{flex-wrap:wrap;gap:0 16px}.quiet a,.quiet{overflow-wrap:anywhere}.sheet{padding:24px 18px;margin:0 0 10px;border-radius:0;border-width:1px 0}nav.contents{padding:12px 18px}.facts,.columns{grid-template-columns:1fr}h1{font-size:30px}.sheet{overflow-x:auto}.matrix{min-width:760px}.data.signals{min-width:600px}}
`;

/** Who has colours of their own gets bars, keys and drawings in them: as backgrounds they would vanish, in ours they may not be seen on theirs. */
const FORCED = `
@media (forced-colors:active){
:root{--ink:CanvasText;--quiet:CanvasText;--line:CanvasText;--together:CanvasText;--said:CanvasText;--seen:CanvasText;--assured:CanvasText}
.law-bar,.here .law-bar,.key i{forced-color-adjust:none;background:CanvasText}.mark.together{forced-color-adjust:none;color:Canvas}.level.here{outline:2px solid}
.axis,.grid,.tick,.zero,.gap,.broken,.line-partly,.line-fully{stroke:CanvasText}.label,.bar.for,.bar.against,.bar.neither{fill:CanvasText}
}
`;

/** Who asks for more contrast gets no soft letters and no faint lines. */
const CONTRAST = `
@media (prefers-contrast:more){
:root{--ink:#000;--quiet:#26303a;--line:#66717d;--together:#063f3c;--said:#713800;--seen:#0b3c72;--assured:#1c2530;--bad:#7a1c10}
.lead{color:#000}a{text-decoration-color:currentColor}
}
`;

/** Paper: page one on one page, no block cut that fits on a page, no heading left alone at the foot. */
const PRINT = `
@media print{
body{background:#fff;font-size:9.6pt;line-height:1.42}nav.contents{display:none}a{text-decoration:none}
.sheet{max-width:none;margin:0;padding:0;border:0;border-radius:0}.sheet+.sheet{margin-top:18pt}.page-one{break-after:page}.page-one+.sheet{margin-top:0}#statements,#signals{break-before:page;margin-top:0}#matrix,.legend{break-inside:avoid}
h1{font-size:25pt;margin-top:.35em}h2{font-size:13.5pt}h3{font-size:10pt}.page-one h2{font-size:11pt}.lead{font-size:12pt;margin-bottom:.6em}
h2,h3,caption,thead{break-after:avoid}p,li{orphans:2;widows:2}.statement>p,tr,.whole,.fact,.gaps li,.moves-short li,.chart{break-inside:avoid}
thead{display:table-header-group}.statement header,.statement .quoted,.statement .levels{break-inside:avoid;break-after:avoid}
.mast,.page-foot{font-size:8.4pt}.fact{font-size:8.8pt}.fact .fact-value{font-size:14pt}.facts{margin-bottom:8pt}.ladder th,.ladder td{padding:2.2pt 6pt}.holds{margin:8pt 0 9pt}
.mark{font-size:7.4pt}.areas{font-size:8.6pt;margin-top:7pt}.key,caption{font-size:8.2pt}.gaps li{font-size:8.8pt}.data{font-size:8.8pt}.data th,.data td{padding:3.5pt 7pt 3.5pt 0}.ledger td{padding-top:2pt;padding-bottom:2pt}.statement{padding-top:8pt;margin-top:8pt}.statement p{margin-bottom:3pt}.levels{margin-bottom:4pt}.data thead th{font-size:8.2pt}.matrix{font-size:7.6pt}.columns{gap:20pt}
.page-one{font-size:9.6pt;line-height:1.38}.page-one h1{font-size:27pt}.page-one .ladder th,.page-one .ladder td{padding:2.6pt 6pt}.page-one h2{font-size:11.5pt}.page-one p{margin-bottom:4pt}.page-one .holds{margin:6pt 0}.page-one .chart{max-height:25mm}.page-one .page-foot{margin-top:5pt;padding-top:4pt}.gaps .chart{max-height:7mm}.page-one .columns{margin-top:10pt}
}
`;

/** The style of a report, with the size of its pages. */
export function styleSheet(paper: Paper): string {
  return `${BASE}${CONTRAST}${FORCED}${PRINT}@page{size:${PAGE[paper]};margin:13mm 15mm 13mm}`.replaceAll('\n', '');
}
