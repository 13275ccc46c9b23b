import { VisuallyHidden } from '@mantine/core';
import type { MatrixCell } from '../../../src/report/view/matrix.ts';
import { SignalLink, StatementLink } from '../../parts/links.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './matrix.module.css';

const WORDS: Readonly<Record<MatrixCell['face'], string>> = {
  in_place: 'In place',
  partly: 'Partly',
  not_there: 'Not there',
  open: 'Open',
  unseen: 'Not seen',
};

/** Class names of a cell's face; hatched where only people can tell. */
export function faceClass(face: MatrixCell['face'], peopleOnly: boolean): string {
  return `${styles[face]} ${peopleOnly ? styles.people : ''}`;
}

/** What a cell shows, in a word. */
function faceWord(cell: MatrixCell): string {
  return cell.face === 'unseen' && cell.people_only ? 'Ask people' : WORDS[cell.face];
}

/** A cell of the matrix; pressing it opens its statements and signals. */
export function CellButton(props: {
  readonly cell: MatrixCell;
  readonly label: string;
  readonly step?: string;
  readonly open: (cell: MatrixCell) => void;
}) {
  const { cell } = props;
  return (
    <button
      type="button"
      className={`${styles.button} ${faceClass(cell.face, cell.people_only)}`}
      title={cell.sentence}
      onClick={() => props.open(cell)}
    >
      <VisuallyHidden>{props.label}: </VisuallyHidden>
      {props.step === undefined ? null : (
        <span className={styles.step} aria-hidden="true">
          {props.step}
        </span>
      )}
      <span className={styles.state}>{faceWord(cell)}</span>
      {cell.gist}
    </button>
  );
}

/** Statements and signals behind a cell. */
export function CellDetail({ cell, workspace }: { readonly cell: MatrixCell; readonly workspace: string }) {
  return (
    <div className={styles.detail}>
      <p>{cell.gist}</p>
      <p>{cell.sentence}</p>
      {cell.statements.length === 0 ? null : (
        <>
          <h3>Statements</h3>
          <ul className={styles.items}>
            {cell.statements.map((statement) => (
              <li key={statement.id}>
                <StatementLink workspace={workspace} statement={statement} />
                <Tag>level {statement.level}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
      {cell.signals.length === 0 ? null : (
        <>
          <h3>Signals</h3>
          <ul className={styles.items}>
            {cell.signals.map((signal) => (
              <li key={signal.id}>
                <SignalLink workspace={workspace} signal={signal} />
                <Tag>{signal.short}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
