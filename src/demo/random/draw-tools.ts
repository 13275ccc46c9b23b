import type { ToolHabit } from '../habits.ts';
import type { Channel } from '../practices.ts';
import type { Random } from '../random.ts';
import type { Degrees } from './degrees.ts';
import type { Setting } from './draw-setting.ts';

/** Tools beside the desk, apps that are installed and used by nobody's records, and channels that stand for tools. */
interface Wiring {
  readonly tools: ToolHabit[];
  readonly apps: string[];
  readonly channels: Channel[];
}

export function drawTools(random: Random, setting: Setting, of: Degrees): Wiring {
  const wired = of('S2.3');
  if (wired === 1) return { tools: [], apps: [], channels: [] };
  const chat = tool('Slack', 'collaboration', random.chance(0.5) ? 0.15 : 0, 0.25);
  if (wired === 2) return drawSomeTools(random, setting, of, chat);
  return {
    tools: [chat, tool('HubSpot CRM', 'crm', 0.2, 0), tool('Aircall', 'telephony', 0.1, 0)],
    apps: [],
    channels: ['chat', 'voice'],
  };
}

/** Two or three kinds of tool, mail among them: a tracker and a monitor that exchange records are two already. */
function drawSomeTools(random: Random, setting: Setting, of: Degrees, chat: ToolHabit): Wiring {
  const others = ['S5.1', 'S5.2'].filter((id) => of(id) >= 2).length;
  const room = random.chance(0.5);
  const talks = setting.voice && !setting.chat ? 'voice' : 'chat';
  return {
    tools: others === 0 || (others === 1 && room) ? [chat] : [],
    apps: random.chance(0.5) ? ['Zoom'] : [],
    channels: others === 0 || (others === 1 && !room) ? [talks] : [],
  };
}

function tool(name: string, kind: ToolHabit['kind'], notes: number, pushed: number): ToolHabit {
  return {
    name,
    kind,
    installed: true,
    webhook: pushed > 0 ? `https://hooks.${name.toLowerCase().replaceAll(' ', '')}.example/x` : null,
    pushed,
    notes,
  };
}
