export { ANSWERS_BY_DESK } from './answers.ts';
export { buildDesk, DESK_NAMES, type DeskName, findPractices } from './desks.ts';
export type { Faults, FaultTarget } from './faults.ts';
export { DEMO_NOW } from './found.ts';
export { CANARIES } from './people.ts';
export { generatePages, type ScaleOptions, type ScalePage } from './scale.ts';
export { DEMO_TOKEN, DEMO_USER, type DemoServer, type DemoServerOptions, startDemoServer } from './server.ts';
export { simulateDesk } from './simulate.ts';
export type { World } from './world.ts';
