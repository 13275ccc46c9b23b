export { EFFORT_WEEKS, findPath, type PathInput } from './find-path.ts';
