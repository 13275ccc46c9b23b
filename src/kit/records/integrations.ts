import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import { toolClass } from '../recognise-tool.ts';

/** What is known of a tool that the desk is connected with. */
interface IntegrationFacts {
  readonly id: string;
  readonly active: boolean;
  /** What it is called, or the vendor's word for its kind. */
  readonly names?: readonly (string | null | undefined)[];
  /** Where it is told of events; of an address the host alone is looked at. */
  readonly url?: string | null;
}

/** A tool that the desk is connected with. What it serves is told by its names and host, which are not kept; `other` where they say nothing. */
export function toIntegration({
  id,
  active,
  names = [],
  url = null,
}: IntegrationFacts): TelemetryRecord<'integration'> {
  const host = url !== null && URL.canParse(url) ? new URL(url).hostname : '';
  return { ...blank('integration'), id, class: toolClass([...names, host].join(' ')), active };
}
