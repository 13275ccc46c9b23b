import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CatalogueView } from '../../../src/report/view/catalogue.ts';
import { useCatalogue } from '../../api/queries.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Sql } from '../signal/sql.tsx';
import styles from './catalogue.module.css';

type Signal = CatalogueView['signals'][number];
type Area = CatalogueView['areas'][number];

const anchorOf = (id: string): string => `signal-${id}`;

function Statements({ area }: { readonly area: Area }) {
  return (
    <Section title={area.name}>
      <ul className={styles.list}>
        {area.statements.map((statement) => (
          <li key={statement.id} id={`statement-${statement.id}`} className={styles.statement}>
            <div>
              <strong>
                {statement.id} {statement.name}
              </strong>{' '}
              <Tag>{`stage ${String(statement.stage)}`}</Tag>
              <p className={styles.soft}>{statement.statement}</p>
            </div>
            <p className={styles.soft}>
              {statement.people_only
                ? 'Only people can tell.'
                : statement.signals.map((signal, index) => (
                    <span key={signal.id}>
                      {index === 0 ? 'Read from ' : ', '}
                      <a href={`#${anchorOf(signal.id)}`} title={signal.title}>
                        {signal.short}
                      </a>
                    </span>
                  ))}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SignalEntry({ entry }: { readonly entry: Signal }) {
  const { signal, statements } = entry;
  const facts: readonly (readonly [string, string])[] = [
    ['Reads', entry.reads],
    ['Lines', entry.lines_text],
    ['Worked out by', entry.worked_out],
    ['Fooled by', entry.fooled_by.join('; ')],
    ['To make it better', entry.remedy],
    ...(entry.limits.length === 0 ? [] : [['Limits', entry.limits.join(' ')] as const]),
  ];
  return (
    <li id={anchorOf(signal.id)} className={styles.signal}>
      <h3 className={styles.name}>
        <span className={styles.short}>{signal.short}</span> {signal.title}
      </h3>
      <p className={styles.soft}>{entry.description}</p>
      <dl className={styles.facts}>
        {facts.map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>Speaks for</dt>
          <dd>
            {statements.length === 0
              ? 'No statement of this model'
              : statements.map(({ id, name }, index) => (
                  <span key={id}>
                    {index === 0 ? '' : ', '}
                    <a href={`#statement-${id}`}>
                      {id} {name}
                    </a>
                  </span>
                ))}
          </dd>
        </div>
      </dl>
      <details>
        <summary>SQL, version {entry.version}</summary>
        <Sql text={entry.sql} />
      </details>
    </li>
  );
}

/** What is measured and what it speaks for: every signal and statement, whatever any desk shows. */
export function Catalogue() {
  const query = useCatalogue();
  const [wanted, setWanted] = useState('');
  const signals = useMemo(() => {
    const word = wanted.trim().toLowerCase();
    return (query.data?.signals ?? []).filter(({ signal, description, reads }) =>
      [signal.id, signal.title, description, reads].some((text) => text.toLowerCase().includes(word)),
    );
  }, [query.data, wanted]);
  return (
    <Page
      title="Catalogue"
      lead="Every statement of the model and every signal: what it reads, its SQL, the lines its number is held against, and where they come from."
      actions={
        <a href="/v1/catalogue.html" download="catalogue.html">
          As one file
        </a>
      }
    >
      <Await query={query}>
        {({ areas, model }) => (
          <>
            <h2 className={styles.head}>Statements of {model.title}</h2>
            {areas.map((area) => (
              <Statements key={area.id} area={area} />
            ))}
            <Section
              title={`Signals: ${String(signals.length)}`}
              actions={
                <TextInput
                  aria-label="Find a signal"
                  placeholder="Find a signal"
                  value={wanted}
                  onChange={(event) => setWanted(event.currentTarget.value)}
                />
              }
            >
              {signals.length === 0 ? <Empty title="No signal is called so" way="Try a stream such as csat." /> : null}
              <ul className={styles.list}>
                {signals.map((entry) => (
                  <SignalEntry key={entry.signal.id} entry={entry} />
                ))}
              </ul>
            </Section>
          </>
        )}
      </Await>
    </Page>
  );
}
