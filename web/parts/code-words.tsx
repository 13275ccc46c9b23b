import { Fragment } from 'react';

/** A sentence whose words between backticks are drawn as code. */
export function CodeWords({ text }: { readonly text: string }) {
  return text
    .split('`')
    .map((part, index) => (
      <Fragment key={`${String(index)}${part}`}>{index % 2 === 1 ? <code>{part}</code> : part}</Fragment>
    ));
}
