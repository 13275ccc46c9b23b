import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { CodeWords } from '../../../parts/code-words.tsx';
import { Fields } from '../../../parts/fields.tsx';
import type { Field } from './describe-fields.ts';
import type { Typed } from './read-fields.ts';
import styles from './settings-fields.module.css';

interface FieldProps {
  readonly field: Field;
  readonly text: string;
  readonly problem: string | undefined;
  readonly set: (text: string) => void;
}

const HOW: Readonly<Partial<Record<Field['kind'], string>>> = { list: 'One a line.', json: 'As JSON.' };

function howTo({ kind, choices, counts }: Field): string {
  if (kind !== 'pairs') return HOW[kind] ?? '';
  const value = counts ? '2' : (choices[0] ?? 'value');
  return `One a line, e.g. 12 = ${value}.${choices.length > 1 ? ` Values: ${choices.join(', ')}.` : ''}`;
}

function SettingsField({ field, text, problem, set }: FieldProps) {
  const usual = {
    label: field.label,
    description: <CodeWords text={[field.description, howTo(field)].filter((each) => each !== '').join(' ')} />,
    required: field.required,
    error: problem,
  };
  const typed = (event: { readonly currentTarget: { readonly value: string } }) => set(event.currentTarget.value);
  if (field.kind === 'yes')
    return (
      <Checkbox
        label={usual.label}
        description={usual.description}
        checked={(text === '' ? field.usual : text) === 'true'}
        onChange={(event) => set(String(event.currentTarget.checked))}
      />
    );
  if (field.kind === 'choice')
    return (
      <NativeSelect {...usual} value={text === '' ? field.usual : text} onChange={typed} data={[...field.choices]} />
    );
  if (field.kind === 'list' || field.kind === 'pairs' || field.kind === 'json')
    return <Textarea {...usual} value={text} onChange={typed} rows={3} placeholder={field.usual} />;
  return (
    <TextInput
      {...usual}
      value={text}
      onChange={typed}
      placeholder={field.usual}
      type={field.kind === 'day' ? 'date' : 'text'}
      {...(field.kind === 'whole' ? { inputMode: 'numeric' as const } : {})}
    />
  );
}

interface FormProps {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (path: string, text: string) => void;
  /** What is said of the settings that few people type. */
  readonly more: string;
}

function drawn({ typed, problems, set }: Omit<FormProps, 'fields' | 'more'>, fields: readonly Field[]) {
  return (
    <Fields>
      {fields.map((field) => (
        <SettingsField
          key={field.path}
          field={field}
          text={typed[field.path] ?? ''}
          problem={problems[field.path]}
          set={(text) => set(field.path, text)}
        />
      ))}
    </Fields>
  );
}

/** Names of settings that nearly everybody types; the others wait behind a line that opens. */
const FIRST = ['url', 'user', 'since'];

/** Fields for the settings of a connector. */
export function SettingsFields(props: FormProps) {
  const isFirst = (field: Field): boolean => field.required || FIRST.includes(field.path);
  const others = props.fields.filter((field) => !isFirst(field));
  const said = others.filter(({ path }) => (props.typed[path] ?? '') !== '').length;
  const wrong = others.some(({ path }) => props.problems[path] !== undefined);
  return (
    <>
      {drawn(props, props.fields.filter(isFirst))}
      {others.length === 0 ? null : (
        <details className={styles.more} {...(wrong ? { open: true } : {})}>
          <summary>
            More settings{said === 0 ? '' : `, ${String(said)} of them set`}
            <span className={styles.soft}> {props.more}</span>
          </summary>
          {drawn(props, others)}
        </details>
      )}
    </>
  );
}
