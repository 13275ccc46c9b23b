import type { StreamName } from '../../src/domain/observability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { type Directory, loadDirectory, requireParts } from './directory.ts';
import type { MappedField } from './recognise.ts';
import type { Settings } from './settings.ts';
import type { ZendeskStream } from './stream.ts';

/**
 * Columns that exist only where the account has a field for them. Each is a stream of its own that reads nothing: its probe says whether
 * such a field is known, so that "nobody filled it in" stays apart from "this desk has no such field".
 */
function mappedColumn(
  id: string,
  stream: StreamName,
  columns: readonly string[],
  setting: string,
  known: (directory: Directory, settings: Settings) => boolean,
): ZendeskStream {
  return {
    id,
    title: `Field for ${columns.join(', ')}`,
    kind: 'config',
    provides: { [stream]: columns },
    async probe(context): Promise<Capability> {
      const directory = await loadDirectory(context);
      requireParts(directory, [stream === 'organisations' ? 'organization_fields' : 'ticket_fields']);
      return known(directory, context.settings)
        ? { status: 'available' }
        : {
            status: 'absent',
            detail: `No field was recognised for it; name it with the setting \`${setting}\` when there is one.`,
          };
    },
    async *read() {},
  };
}

function ticketColumn(mapped: MappedField, column: string, setting: string): ZendeskStream {
  return mappedColumn(`field-${column.replaceAll('_', '-')}`, 'tickets', [column], setting, (directory) =>
    [...directory.mapped.values()].includes(mapped),
  );
}

export const MAPPED_COLUMNS: readonly ZendeskStream[] = [
  ticketColumn('product', 'product', 'productField'),
  ticketColumn('category', 'category', 'categoryField'),
  ticketColumn('severity', 'severity', 'severityField'),
  ticketColumn('cause_code', 'cause_code', 'causeField'),
  ticketColumn('billable', 'billable_s', 'billableField'),
  mappedColumn(
    'field-tier',
    'organisations',
    ['tier', 'tier_rank'],
    'tierField',
    (directory, settings) => directory.organisationKeys.tier !== null || settings.tierTagPrefix !== undefined,
  ),
  mappedColumn(
    'field-contract',
    'organisations',
    ['has_contract'],
    'contractFields',
    (directory) => directory.organisationKeys.contract.length > 0,
  ),
  mappedColumn(
    'field-health',
    'organisations',
    ['has_health'],
    'healthField',
    (directory) => directory.organisationKeys.health !== null,
  ),
  mappedColumn(
    'field-partner',
    'organisations',
    ['partner'],
    'partnerField',
    (directory) => directory.organisationKeys.partner !== null,
  ),
];
