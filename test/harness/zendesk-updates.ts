import type { Directory } from '../../connectors/zendesk/directory.ts';
import { type MappedUpdates, mapSteps, orderSteps } from '../../connectors/zendesk/map-update.ts';
import type { EarlyContext } from '../../connectors/zendesk/pages.ts';
import type { Update } from '../../connectors/zendesk/schema-events.ts';
import type { SetAside } from '../../src/domain/observability.ts';

/** What a page of updates gives, with what was set aside of it. */
export function mapUpdates(updates: readonly Update[], directory: Directory, context: EarlyContext): MappedUpdates {
  const rejected: SetAside[] = [];
  const mapped = mapSteps(orderSteps(updates, rejected), directory, context);
  return { ...mapped, rejected: [...rejected, ...mapped.rejected] };
}
