export { compareWithBenchmark, placeInFleet } from './benchmark.ts';
export { bandOf, gradeOf } from './grade.ts';
export { type ActivityInput, judgeActivities } from './judge-activities.ts';
export { priorityIndex } from './priority.ts';
