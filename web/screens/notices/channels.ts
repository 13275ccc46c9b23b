import type { components } from '../../generated/api.ts';
import type { Field } from '../connections/settings/describe-fields.ts';

export type Channel = components['schemas']['NoticeTarget']['channel'];

interface ChannelForm {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly secret: { readonly label: string; readonly description: string; readonly required: boolean };
}

function field(path: string, label: string, description: string, over: Partial<Field> = {}): Field {
  return { path, kind: 'text', label, description, required: false, choices: [], counts: false, usual: '', ...over };
}

/** What each channel wants to know, as docs/notifications.md has it. */
export const CHANNELS: Readonly<Record<Channel, ChannelForm>> = {
  webhook: {
    title: 'Webhook',
    fields: [field('url', 'Address', 'Where each notice is posted, `https://…`', { required: true })],
    secret: {
      label: 'Signing secret',
      description: 'Begins with whsec_; the receiver checks notices by it',
      required: true,
    },
  },
  slack: {
    title: 'Slack or Mattermost',
    fields: [],
    secret: { label: 'Incoming webhook', description: 'Its address is the secret', required: true },
  },
  email: {
    title: 'E-mail',
    fields: [
      field('host', 'Mail server', 'Name or address', { required: true }),
      field('from', 'From', 'Address of the sender', { required: true }),
      field('to', 'To', 'Those who are told.', { required: true, kind: 'list' }),
      field('port', 'Port', '', { kind: 'whole', usual: '587' }),
      field('security', 'Security', 'How the connection is kept private', {
        kind: 'choice',
        choices: ['starttls', 'tls', 'none'],
        usual: 'starttls',
      }),
      field('user', 'User', 'Where the server wants a login'),
    ],
    secret: { label: 'Password', description: 'Of that user; empty = none', required: false },
  },
};
