import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RecordLink, SignalName, StatementName } from '../../src/report/view/named.ts';

/** To a statement of the workspace. */
export function StatementLink(props: {
  readonly workspace: string;
  readonly statement: StatementName;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { workspace, statement } = props;
  return (
    <Link
      to="/w/$workspace/statements/$statement"
      params={{ workspace, statement: statement.id }}
      className={props.className}
    >
      {props.children ?? statement.name}
    </Link>
  );
}

/** To a signal of the workspace. */
export function SignalLink(props: {
  readonly workspace: string;
  readonly signal: SignalName;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { workspace, signal } = props;
  return (
    <Link to="/w/$workspace/signals/$signal" params={{ workspace, signal: signal.id }} className={props.className}>
      {props.children ?? signal.title}
    </Link>
  );
}

/** Only addresses of the web are followed; anything else is shown as text. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** To somewhere else, in a tab of its own that is told nothing of where it was opened from. */
export function OutsideLink({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  if (!isWebAddress(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A record by its id, opened in the vendor's own screen where the connector knows how. */
export function RecordRef({ record }: { readonly record: RecordLink }) {
  const text = record.table === 'ticket' ? `#${record.id}` : `${record.table} ${record.id}`;
  return record.url === null ? <span>{text}</span> : <OutsideLink url={record.url}>{text}</OutsideLink>;
}
