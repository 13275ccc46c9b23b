import type { Style } from '../style.ts';
import { padEnd, wrap } from '../style.ts';

/** Shape of a connection check; the pipeline's ConnectionCheck fits it. */
interface CheckView {
  readonly connection: string;
  readonly vendor: string;
  readonly identity: { readonly role: string; readonly account: string };
  readonly clockSkewS: number;
  readonly streams: readonly {
    readonly stream: string;
    readonly title: string;
    readonly capability: { readonly status: string; readonly detail?: string };
  }[];
}

const WORDS: Record<string, string> = {
  plan: 'plan',
  permission: 'permission',
  retention: 'history',
  absent: 'not there',
};

/** What a connection may read, stream by stream, with what to do where it may not. */
export function renderCheck(check: CheckView, style: Style): string {
  const open = check.streams.filter((s) => s.capability.status === 'available').length;
  const lines = [
    `${style.good('✓')} ${style.bold(check.connection)} (${check.vendor}) answers as ${check.identity.account}, role ${check.identity.role}: ${open} of ${check.streams.length} streams open`,
  ];
  if (Math.abs(check.clockSkewS) > 120 && Math.abs(check.clockSkewS) < 86_400)
    lines.push(
      `  ${style.warn('!')} Its clock differs from this machine's by ${check.clockSkewS} s. Plumbline uses the helpdesk's clock.`,
    );
  const label = Math.max(...check.streams.map((s) => s.title.length), 10) + 2;
  for (const s of check.streams) {
    const seen = s.capability.status === 'available';
    if (seen && s.capability.detail === undefined) lines.push(`  ${style.good('✓')} ${s.title}`);
    else {
      const word = seen ? 'available, but' : (WORDS[s.capability.status] ?? s.capability.status);
      const [first, ...rest] = wrap(`${word}: ${s.capability.detail ?? ''}`, style.width - label - 6);
      const mark = seen ? style.good('✓') : style.warn('–');
      lines.push(`  ${mark} ${padEnd(s.title, label)}${style.dim(first ?? '')}`);
      for (const line of rest) lines.push(`    ${padEnd('', label)}${style.dim(line)}`);
    }
  }
  return lines.join('\n');
}
