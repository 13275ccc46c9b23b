import { useGlossary } from '../../api/queries.ts';
import { Page } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import styles from './glossary.module.css';

/** Our words in plain English, the same as `plumbline explain <word>`. */
export function Glossary() {
  const query = useGlossary();
  return (
    <Page title="Glossary" lead="What our words mean; the same texts as plumbline explain.">
      <Await query={query}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty title="No words yet" />
          ) : (
            <dl className={styles.list}>
              {entries.map((entry) => (
                <div key={entry.word} id={`word-${entry.word.replaceAll(' ', '-')}`} className={styles.entry}>
                  <dt className={styles.word}>{entry.word}</dt>
                  <dd className={styles.text}>
                    <p>{entry.short}</p>
                    {entry.more === '' ? null : <p className={styles.more}>{entry.more}</p>}
                    {entry.see.length === 0 ? null : (
                      <p className={styles.more}>
                        See{' '}
                        {entry.see.map((word, index) => (
                          <span key={word}>
                            {index === 0 ? '' : ', '}
                            <a href={`#word-${word.replaceAll(' ', '-')}`}>{word}</a>
                          </span>
                        ))}
                      </p>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </Await>
    </Page>
  );
}
