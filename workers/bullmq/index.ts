export { type BullmqSettings, type CarrierBackend, createBullmqCarrier } from './carrier.ts';
export { inspectRedis, type QueueInspection } from './inspect-redis.ts';
