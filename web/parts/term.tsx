import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useGlossary } from '../api/queries.ts';
import styles from './term.module.css';

/** A word of ours, explained on hover, focus or tap by the same text as `plumbline explain <word>`. */
export function Term({ word, children }: { readonly word: string; readonly children?: ReactNode }) {
  const [opened, { open, close }] = useDisclosure(false);
  const glossary = useGlossary();
  const wanted = word.toLowerCase();
  const entry = glossary.data?.entries.find((each) => each.word === wanted || each.also.includes(wanted));
  const text = children ?? word;
  if (entry === undefined) return <>{text}</>;
  return (
    <Popover opened={opened} position="bottom-start" width={340} shadow="md" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.term}
          onMouseEnter={open}
          onMouseLeave={close}
          onFocus={open}
          onBlur={close}
          onClick={open}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.card}>
        <p className={styles.word}>{entry.word}</p>
        <span>{entry.short}</span>
        {entry.more === '' ? null : <p className={styles.more}>{entry.more}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
