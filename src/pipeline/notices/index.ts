export {
  type AnnounceDeps,
  announce,
  announceAge,
  announceRun,
  announceSnapshot,
  announceSync,
} from './announce.ts';
export { announcePublished } from './announce-published.ts';
export {
  abandonNotice,
  type DeliverDeps,
  type DeliveryRef,
  type DeliveryVerdict,
  deliverNotice,
} from './deliver-notice.ts';
export type { NoticeSender } from './notice-sender.ts';
export { type AgeNews, noticesOfAge } from './of-age.ts';
export { noticesOfRun, type RunNews } from './of-run.ts';
export { noticesOfSnapshot, type SnapshotNews } from './of-snapshot.ts';
export { noticesOfSync, type SyncNews } from './of-sync.ts';
export { testNotice } from './test-notice.ts';
