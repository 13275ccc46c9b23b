import { type Style, wrap } from '../style.ts';
import type { HeadlineView } from '../view/headline.ts';

/** The way out of "not placed" that fits what is there already. */
function nextLine({ next }: HeadlineView, style: Style): string {
  const command = (name: string): string => style.accent(`plumbline ${name}`);
  return next.includes('connect')
    ? `  Next: ${command('connect')} a helpdesk, ${command('import')} a file, or ${command('assess')}.`
    : `  Next: ${command('assess')} asks first what the data cannot show; ${command('doctor')} says what is hidden and what would open it.`;
}

/** Who, when and by what, then the verdict in one line; for a verdict that is withheld, why and the way out. */
export function renderHeadline(view: HeadlineView, style: Style): string[] {
  const title = style.bold(`${view.workspace} · as of ${view.last_day} · ${view.model.title}`);
  if (view.face === 'not_placed')
    return [
      title,
      '',
      `  ${style.bold(view.title.toUpperCase())}`,
      ...view.why_not.map((sentence) => `  ${sentence}`),
      nextLine(view, style),
    ];
  const step = view.assured?.step;
  const assured = step === undefined ? '' : `   assured: ${step.stage} ${step.name} (at least, 90 %)`;
  return [title, '', `  ${style.bold(view.title.toUpperCase())}   ${view.ground}${assured}`];
}

/** Range, coverage and reach under the ladder. */
export function renderGround({ range, coverage, reach }: HeadlineView, style: Style): string[] {
  const rows: [string, string | null][] = [
    ['Range', range?.sentence ?? null],
    ['Coverage', coverage.sentence],
    ['Reach', reach?.sentence ?? null],
  ];
  return rows.flatMap(([name, said]) =>
    said === null
      ? []
      : wrap(said, style.width - 12).map((line, index) => `  ${(index === 0 ? name : '').padEnd(10)}${line}`),
  );
}
