import type { RegisterCommand } from '../runner.ts';
import { registerAssess } from './assess.ts';
import { registerBackup } from './backup.ts';
import { registerCompare } from './compare.ts';
import { registerConnect } from './connect.ts';
import { registerDemo } from './demo.ts';
import { registerDoctor } from './doctor.ts';
import { registerErase } from './erase.ts';
import { registerExplain } from './explain.ts';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';
import { registerInit } from './init.ts';
import { registerMetrics } from './metrics.ts';
import { registerModels } from './models.ts';
import { registerNotify } from './notify.ts';
import { registerPlace } from './place.ts';
import { registerRecognise } from './recognise.ts';
import { registerRestore } from './restore.ts';
import { registerRules } from './rules.ts';
import { registerRuns } from './runs.ts';
import { registerSchedule } from './schedule.ts';
import { registerSecrets } from './secrets.ts';
import { registerServe } from './serve.ts';
import { registerSnapshot } from './snapshot.ts';
import { registerSync } from './sync.ts';
import { registerToken } from './token.ts';
import { registerTrend } from './trend.ts';
import { registerWork } from './work.ts';

/** Every command, in the order of a first visit. */
export const COMMANDS: readonly RegisterCommand[] = [
  registerDemo,
  registerInit,
  registerConnect,
  registerDoctor,
  registerSync,
  registerImport,
  registerRecognise,
  registerAssess,
  registerSnapshot,
  registerTrend,
  registerMetrics,
  registerCompare,
  registerExplain,
  registerPlace,
  registerRules,
  registerModels,
  registerExport,
  registerNotify,
  registerSchedule,
  registerRuns,
  registerWork,
  registerServe,
  registerToken,
  registerBackup,
  registerRestore,
  registerErase,
  registerSecrets,
];
