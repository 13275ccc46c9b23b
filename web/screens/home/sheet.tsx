import type { SheetHome } from '../../../src/report/view/home.ts';
import type { Cell, Part } from '../../../src/report/view/sheet.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { dayText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Models } from './models.tsx';
import styles from './sheet.module.css';
import { Trend } from './trend.tsx';

function CellText({ cell }: { readonly cell: Cell | undefined }) {
  if (cell === undefined || typeof cell === 'string') return <>{cell ?? ''}</>;
  return (
    <span className={styles.bar}>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${String(Math.max(0, Math.min(1, cell.share)) * 100)}%` }} />
      </span>
      {cell.text}
    </span>
  );
}

function PartTable({ table, label }: { readonly table: NonNullable<Part['table']>; readonly label: string }) {
  const rows = table.rows.map((cells, index) => ({ cells, index }));
  const columns: Column<(typeof rows)[number]>[] = table.head.map((head, index) => ({
    head,
    cell: (row) => <CellText cell={row.cells[index]} />,
  }));
  return <DataTable label={label} rows={rows} columns={columns} id={(row) => String(row.index)} />;
}

function SheetPart({ part }: { readonly part: Part }) {
  return (
    <Section title={part.title}>
      {part.lines.map((line) => (
        <p key={line} className={styles.line}>
          {line}
        </p>
      ))}
      {part.table === null ? null : <PartTable table={part.table} label={part.title} />}
      {part.list.length === 0 ? null : (
        <ul className={styles.list}>
          {part.list.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The home of a workspace by a model without a ladder: its verdict as the views tell it. */
export function Sheet({ home, workspace }: { readonly home: SheetHome; readonly workspace: string }) {
  return (
    <Page
      title={home.sheet.title}
      over={`${home.workspace} · ${home.model.title} · to ${dayText(home.last_day)}`}
      lead={home.sentence}
    >
      {home.sheet.lead.map((line) => (
        <p key={line} className={styles.line}>
          {line}
        </p>
      ))}
      {home.sheet.parts.map((part) => (
        <SheetPart key={part.title} part={part} />
      ))}
      <Trend trend={home.trend} from={0} to={home.models.rows.find((row) => row.shown)?.headline.of ?? 5} />
      <Models models={home.models} workspace={workspace} />
    </Page>
  );
}
