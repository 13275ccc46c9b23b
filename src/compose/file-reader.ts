import { type FileReader, isCountsMapping } from '../kit/file-reader.ts';
import { SYSTEM_CLOCK } from './clock.ts';

/** Reads files to import; the connector is loaded when the first is read. `folder` = where large ones are laid out while they are read. */
export function openFileReader(parts: {
  readonly folder: string;
  readonly pseudonymise: (kind: string, value: string) => string;
}): FileReader {
  const { folder, pseudonymise } = parts;
  return {
    proposeMapping: async (paths, over = {}) => {
      const { proposeMapping } = await import('../../connectors/file/index.ts');
      return proposeMapping(paths, over.sheet === undefined ? {} : { sheet: over.sheet }, { folder });
    },
    proposeCounts: async (paths, over = {}) => {
      const { proposeCounts } = await import('../../connectors/file/index.ts');
      return proposeCounts(paths, over.sheet === undefined ? {} : { sheet: over.sheet }, { folder });
    },
    isCounts: isCountsMapping,
    openSource: async (paths, { text, name }, over = {}) => {
      const file = await import('../../connectors/file/index.ts');
      const { openCountsSource, openFileSource, openPoints, parseCountsMapping, parseMapping } = file;
      if (isCountsMapping(text))
        return openCountsSource({
          paths,
          mapping: {
            ...parseCountsMapping(text, name),
            ...(over.sheet === undefined ? {} : { sheet: over.sheet }),
          },
          mappingName: name,
          stageFolder: folder,
          now: SYSTEM_CLOCK.now(),
        });
      return openFileSource({
        paths,
        mapping: {
          ...parseMapping(text, name),
          ...(over.sheet === undefined ? {} : { sheet: over.sheet }),
          ...(over.timeZone === undefined ? {} : { time_zone: over.timeZone }),
        },
        open: openPoints(text).filter((point) => over.timeZone === undefined || !point.startsWith('time_zone')),
        stageFolder: folder,
        mappingName: name,
        pseudonymise,
        now: SYSTEM_CLOCK.now(),
      });
    },
  };
}
