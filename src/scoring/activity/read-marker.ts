import type { ActivityModel, Marker } from '../../domain/activity-model.ts';
import type { MarkerReading } from '../../domain/activity-verdict.ts';
import { type ItemVoices, shareOfYes } from '../item-answers.ts';
import { askSignal, type RecordsSay, type SignalPool } from '../yes-no.ts';

export interface MarkerContext {
  readonly model: Pick<ActivityModel, 'half_life_days'>;
  readonly pool: SignalPool;
  readonly voices: ItemVoices;
  readonly asOf: Date;
}

function join(records: RecordsSay | null, people: number | null): Omit<MarkerReading, 'marker'> {
  const silent = records !== null && 'silent' in records ? records.silent : null;
  if (records === null || 'silent' in records)
    return people === null
      ? { by: 'nobody', yes: null, weight: 0, silent }
      : { by: 'people', yes: people, weight: 1, silent };
  if (people === null) return { by: 'records', yes: records.yes, weight: records.weight, silent };
  const open = 1 - records.weight;
  return {
    by: open > 0 ? 'both' : 'records',
    yes: records.weight * records.yes + open * people,
    weight: 1,
    silent,
  };
}

/**
 * What is known of one marker. Records speak first; people fill what records leave open, as the share of them who say yes.
 * Unknown is neither yes nor no: `yes` is null and the weight 0.
 */
export function readMarker(marker: Marker, { model, pool, voices, asOf }: MarkerContext): MarkerReading {
  const records = marker.signal === undefined ? null : askSignal(marker.signal, pool, model.half_life_days, asOf);
  return { marker: marker.id, ...join(records, shareOfYes(voices.get(marker.id) ?? [])) };
}
