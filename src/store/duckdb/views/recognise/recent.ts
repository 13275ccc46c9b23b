/** Work older than this says little of what an account or a requester is today. The same in every measurement, whatever its horizon. */
const DAYS = 365;
/** Messages or tickets before somebody is judged by how they come. */
export const FEWEST = 20;
/** "Nearly all" of what somebody does. */
export const NEARLY_ALL = 0.9;

/** Condition that an instant lies in the year before asOf. */
export function recent(at: string, asOf: string): string {
  return `${at} < ${asOf} AND ${at} >= ${asOf} - INTERVAL ${DAYS} DAY`;
}
