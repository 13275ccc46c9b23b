import type { ReactNode } from 'react';
import type { StagedHome } from '../../../src/report/view/home.ts';
import { dayText, percentText } from '../../parts/format.ts';
import { Term } from '../../parts/term.tsx';
import styles from './hero.module.css';

function Fact(props: {
  readonly word: string;
  readonly title: string;
  readonly value: string;
  readonly detail: ReactNode;
}) {
  return (
    <div className={styles.fact}>
      <dt>
        <Term word={props.word}>{props.title}</Term>
      </dt>
      <dd>
        <span className={styles.value}>{props.value}</span>
        <span className={styles.detail}>{props.detail}</span>
      </dd>
    </div>
  );
}

/** The answer in five seconds: the stage, how sure, what is assured, how far it could move, how much was seen. */
export function Hero({ home }: { readonly home: StagedHome }) {
  const { headline, freshness } = home;
  const { assured, range, coverage, probability, likelihood } = headline;
  return (
    <div className={styles.hero}>
      <title>{`${headline.workspace}: ${headline.title} · Plumbline`}</title>
      <p className={styles.over}>
        {headline.workspace} · {headline.model.title} · to {dayText(headline.last_day)}
      </p>
      <h1 className={styles.title}>{headline.title}</h1>
      <p className={styles.sentence}>{headline.sentence}</p>
      <p className={styles.next}>{home.holds_back.sentence}</p>
      <dl className={styles.facts}>
        {probability === null ? null : (
          <Fact
            word="stage"
            title="How sure"
            value={likelihood ?? percentText(probability)}
            detail={`${percentText(probability)} that it is exactly this`}
          />
        )}
        <Fact
          word="assured"
          title="Assured"
          value={assured === null ? 'Nothing yet' : `${String(assured.step.stage)} ${assured.step.name}`}
          detail={assured?.sentence ?? 'Nothing that was seen carries a promise.'}
        />
        {range === null ? null : (
          <Fact
            word="range"
            title="Range"
            value={
              range.floor === range.ceiling ? String(range.floor) : `${String(range.floor)} to ${String(range.ceiling)}`
            }
            detail={range.sentence}
          />
        )}
        <Fact word="coverage" title="Seen" value={percentText(coverage.share)} detail={coverage.sentence} />
        <Fact
          word="freshness"
          title="Age of the data"
          value={
            freshness.age_days === 0
              ? 'today'
              : freshness.age_days === 1
                ? '1 day'
                : `${String(freshness.age_days)} days`
          }
          detail={freshness.sentence}
        />
      </dl>
    </div>
  );
}
