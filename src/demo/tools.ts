import type { Aftermath } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import type { Practices } from './practices.ts';
import { nameWebhook } from './rule-source.ts';
import { findRule, happens, isOver, noteUse, startEdit, VIA_API } from './ticket-log.ts';
import type { SimTicket, SimTool, World } from './world.ts';

/** Accounts of the tools beside the desk; only those that write have one. */
export function connectTools(practices: Practices, start: number): SimTool[] {
  return (practices.tools ?? []).map((habit, index) => ({
    habit,
    user:
      habit.notes <= 0
        ? null
        : {
            id: String(360_199_001_007 + index * 31),
            name: habit.name,
            email: `tool.${index}@${practices.account.subdomain}.example`,
            role: 'agent',
            organisation: null,
            createdAt: start - 200 * 86_400,
            light: false,
            machine: true,
          },
  }));
}

/** A case that has arrived passes through the tools: rules call them, and some write back what they know. */
export function passThroughTools(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  for (const [index, tool] of run.world.tools.entries()) {
    const rule = findRule(run.world, `push-${index}`);
    if (rule !== null && happens(run, tool.habit.pushed)) noteUse(rule, run.agenda.now());
    const { user } = tool;
    if (user === null || !happens(run, tool.habit.notes)) continue;
    run.agenda.plan(run.agenda.now() + run.random.lognormal(240, 0.8), () => {
      if (isOver(ticket.status)) return;
      startEdit(run, ticket)
        .comment(user, false, saySomething(run, 'tool', ticket.plan.topic, user))
        .commit(user, VIA_API);
    });
  }
}

/** Names of the installed apps: those that the desk just has, and those of its tools. */
export function nameApps(world: World): string[] {
  return [
    ...world.practices.apps,
    ...world.tools.filter(({ habit }) => habit.installed).map(({ habit }) => habit.name),
  ];
}

/** Addresses that rules call. */
export function listAddresses(world: World): { id: string; name: string; endpoint: string }[] {
  return world.tools.flatMap(({ habit }, index) =>
    habit.webhook === null ? [] : [{ id: nameWebhook(index), name: habit.name, endpoint: habit.webhook }],
  );
}
