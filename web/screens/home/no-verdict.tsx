import { Link } from '@tanstack/react-router';
import type { HeadlineView } from '../../../src/report/view/headline.ts';
import { Empty } from '../../parts/states.tsx';

/** Why nothing is placed, and what one may do about it. */
export function NoVerdict({ headline, workspace }: { readonly headline: HeadlineView; readonly workspace: string }) {
  return (
    <Empty title="Why there is no verdict yet" way={headline.why_not.join(' ')}>
      {headline.next.includes('connect') || headline.next.includes('import') || headline.next.includes('doctor') ? (
        <Link to="/w/$workspace/connections" params={{ workspace }}>
          Connect a helpdesk or see what is missing
        </Link>
      ) : null}
      {headline.next.includes('assess') ? (
        <Link to="/w/$workspace/questions" params={{ workspace }}>
          Ask people
        </Link>
      ) : null}
    </Empty>
  );
}
