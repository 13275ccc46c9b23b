import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText } from '../../parts/format.ts';
import styles from './import.module.css';

type Proposal = components['schemas']['ImportProposal'];

const CHOICES: readonly Column<Proposal['choices'][number]>[] = [
  { head: 'Meaning', cell: ({ target }) => <code>{target}</code> },
  { head: 'Column', cell: ({ column }) => column },
  { head: 'Why', cell: ({ why }) => why },
];
const UNUSED: readonly Column<Proposal['unused'][number]>[] = [
  { head: 'Column', cell: ({ column }) => column },
  { head: 'A value', cell: ({ sample }) => sample ?? '–' },
  { head: 'What it might be', cell: ({ suggestion }) => (suggestion === '' ? '–' : suggestion) },
];

/** What the wizard sees in the columns, and why. */
export function Recognised({ proposal }: { readonly proposal: Proposal }) {
  const { looked, product, mode } = proposal;
  return (
    <>
      <p className={styles.soft}>
        {product === null ? '' : `This is a ${product}. `}
        One row is {mode === 'events' ? 'one change of a ticket' : 'one ticket'}; looked at {countText(looked.rows)} of{' '}
        {countText(looked.of)} rows. {proposal.notes.join(' ')}
      </p>
      <DataTable
        label="What the columns mean"
        rows={proposal.choices}
        columns={CHOICES}
        id={({ target, column }) => `${target} ${column}`}
      />
      {proposal.unused.length === 0 ? null : (
        <details className={styles.more}>
          <summary>Columns not used: {proposal.unused.length}</summary>
          <DataTable label="Columns not used" rows={proposal.unused} columns={UNUSED} id={({ column }) => column} />
        </details>
      )}
      <details className={styles.more}>
        <summary>The mapping file, for plumbline import --map</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <pre className={styles.yaml} tabIndex={0}>
          {proposal.mapping}
        </pre>
      </details>
    </>
  );
}
