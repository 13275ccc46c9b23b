import type { GroupPractice } from '../practices.ts';
import type { Random } from '../random.ts';
import type { Degrees } from './degrees.ts';

export function drawGroups(of: Degrees, random: Random): GroupPractice[] {
  const group = (key: string, role: GroupPractice['role'], answers?: boolean): GroupPractice => ({
    key,
    name: key,
    description: '',
    role,
    ...(answers === undefined ? {} : { answers }),
  });
  const teams = of('S4.5');
  const joined = of('S4.4');
  const onlyPremium = teams === 2 && random.chance(0.4);
  return [
    group('front', of('S1.1') === 1 && random.chance(0.5) ? 'facade' : 'front'),
    ...(of('S1.1') === 1 ? [group('pool', 'front')] : []),
    ...(of('S1.1') >= 2 && random.chance(0.6) && of('S5.3') < 3 ? [group('second', 'specialist')] : []),
    ...(of('S1.5') === 2 ? [group('side', 'side', true)] : []),
    ...(teams >= 2 ? [group('premium', 'premium')] : []),
    ...(teams === 3 || (teams === 2 && !onlyPremium) ? [group('escalation', 'escalation')] : []),
    ...(joined >= 2 || of('S5.2') >= 2 ? [group('engineers', 'engineering')] : []),
    ...(joined === 3 ? [group('product', 'outside'), group('success', 'outside')] : []),
    ...(joined === 3 && random.chance(0.5) ? [group('partners', 'partner')] : []),
  ];
}
