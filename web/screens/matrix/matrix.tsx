import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { MatrixCell, MatrixView } from '../../../src/report/view/matrix.ts';
import { viewOptions } from '../../api/queries.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { CellButton, CellDetail, faceClass } from './cell.tsx';
import styles from './matrix.module.css';

type Open = (cell: MatrixCell) => void;

function Wide({ matrix, open }: { readonly matrix: MatrixView; readonly open: Open }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col" className={styles.first}>
              Area
            </th>
            {matrix.steps.map((step) => (
              <th key={step.stage} scope="col">
                <span>{step.stage}</span>
                {step.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row) => (
            <tr key={row.area}>
              <th scope="row">
                {row.name}
                <span>{row.step === null ? 'not placed' : row.step.text}</span>
              </th>
              {row.cells.map((cell, index) => (
                <td key={matrix.steps[index]?.stage} className={styles.cell}>
                  {cell === null ? (
                    <div className={styles.none} />
                  ) : (
                    <CellButton cell={cell} label={`${row.name}, ${matrix.steps[index]?.text ?? ''}`} open={open} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Narrow({ matrix, open }: { readonly matrix: MatrixView; readonly open: Open }) {
  return (
    <div className={styles.areas}>
      {matrix.rows.map((row) => (
        <div key={row.area}>
          <h3>
            {row.name} · {row.step === null ? 'not placed' : row.step.text}
          </h3>
          <ol className={styles.stack}>
            {row.cells.map((cell, index) =>
              cell === null ? null : (
                <li key={cell.stage}>
                  <CellButton
                    cell={cell}
                    label={`${row.name}, ${matrix.steps[index]?.text ?? ''}`}
                    step={`${String(cell.stage)} ${matrix.steps[index]?.name ?? ''}`}
                    open={open}
                  />
                </li>
              ),
            )}
          </ol>
        </div>
      ))}
    </div>
  );
}

const LEGEND = [
  ['in_place', false, 'in place'],
  ['partly', false, 'partly'],
  ['not_there', false, 'looked at and not there'],
  ['open', false, 'seen, not told apart'],
  ['unseen', false, 'not seen, which is not "not there"'],
  ['unseen', true, 'only people can tell'],
] as const;

/** Areas by steps of the ladder; a cell opens what it stands on. */
export function Matrix() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const [cell, setCell] = useState<MatrixCell | null>(null);
  const query = useQuery(viewOptions(workspace, 'matrix', { model, snapshot }));
  return (
    <Page
      title="Matrix"
      over={workspace}
      lead="Each area against each step. Colour is only given to what records or people spoke for; press a cell to see what it stands on."
    >
      <Await query={query}>
        {(matrix) =>
          matrix.rows.length === 0 ? (
            <Empty
              title="This model has no matrix"
              way="Its statements are listed under Said and seen, and on the home."
            />
          ) : (
            <Section title="Areas and steps">
              <Wide matrix={matrix} open={setCell} />
              <Narrow matrix={matrix} open={setCell} />
              <ul className={styles.legend}>
                {LEGEND.map(([face, people, words]) => (
                  <li key={words}>
                    <span className={`${styles.swatch} ${faceClass(face, people)}`} aria-hidden="true" />
                    {words}
                  </li>
                ))}
              </ul>
            </Section>
          )
        }
      </Await>
      <Drawer
        opened={cell !== null}
        onClose={() => setCell(null)}
        position="right"
        size="md"
        title={cell === null ? '' : 'What this cell stands on'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {cell === null ? null : <CellDetail cell={cell} workspace={workspace} />}
      </Drawer>
    </Page>
  );
}
