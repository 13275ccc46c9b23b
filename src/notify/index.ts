export type { ChannelDeps } from './channel.ts';
export { createNoticeSender } from './sender.ts';
