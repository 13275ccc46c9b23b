import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../../generated/api.ts';
import { Fields } from '../../parts/fields.tsx';
import { Section } from '../../parts/section.tsx';
import { Await } from '../../parts/states.tsx';
import { ConnectForm } from './connect-form.tsx';
import styles from './connections.module.css';
import { useConnectors } from './use-connectors.ts';

type Connector = components['schemas']['Connector'];

/** What the vendor can show at all, before anything is asked of it. */
function Shows({ connector }: { readonly connector: Connector }) {
  const words = (stream: string): string => stream.replaceAll('_', ' ');
  const shown = connector.evidence.filter(({ calls }) => calls.length > 0);
  const never = connector.evidence.filter(({ calls }) => calls.length === 0);
  return (
    <details className={styles.shows}>
      <summary>
        What {connector.title} can show: {shown.length} of {connector.evidence.length} kinds of evidence
      </summary>
      <dl>
        {shown.map(({ stream, fields }) => (
          <div key={stream}>
            <dt>{words(stream)}</dt>
            <dd>{fields.map((field) => words(field)).join(', ')}</dd>
          </div>
        ))}
        {never.map(({ stream, never: why }) => (
          <div key={stream}>
            <dt>{words(stream)}</dt>
            <dd>Not shown. {why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Choosing a helpdesk, and the form that it asks for. */
export function AddConnection(props: { readonly workspace: string; readonly mayReachPrivate: boolean }) {
  const query = useConnectors();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Section
      title="Connect a helpdesk"
      note="It is asked at once what the token may read. The token is sealed and never shown again."
    >
      <Await query={query} rows={2}>
        {({ connectors }) => {
          const connector = connectors.find(({ id }) => id === chosen) ?? connectors[0];
          if (connector === undefined) return null;
          return (
            <>
              <Fields>
                <NativeSelect
                  label="Helpdesk"
                  value={connector.id}
                  data={connectors.map(({ id, title }) => ({ value: id, label: title }))}
                  onChange={(event) => setChosen(event.currentTarget.value)}
                />
              </Fields>
              <Shows connector={connector} />
              <ConnectForm key={connector.id} connector={connector} {...props} />
            </>
          );
        }}
      </Await>
    </Section>
  );
}
