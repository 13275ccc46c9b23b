import type { Context } from './account.ts';

/**
 * What the key cannot see of the issues, in words for an administrator; null = nothing that the rights of its roles would hide. Redmine leaves out what
 * may not be seen without a word.
 */
export async function hiddenFrom({ session }: Context): Promise<string | null> {
  const me = await session.me();
  if (me.admin === true) return null;
  const roles = await session.roles();
  const held = new Map(
    me.memberships.map((one) => [one.project.id, one.roles.flatMap((role) => roles.get(role.id) ?? [])]),
  );
  const projects = await session.projects();
  const lacking = (sees: (role: { permissions: string[] | null; issues_visibility: string | null }) => boolean) =>
    projects.filter(({ id }) => held.get(id)?.some(sees) !== true).length;
  const notes = lacking((role) => role.permissions?.includes('view_private_notes') === true);
  const issues = lacking((role) => role.issues_visibility === 'all');
  const missing = [
    ...(notes > 0 ? [`private notes of ${notes}`] : []),
    ...(issues > 0 ? [`private issues of ${issues}`] : []),
  ];
  if (missing.length === 0) return null;
  return `Not visible: ${missing.join(', ')} of ${projects.length} projects. Give the key's user a role with "View private notes" and issues visibility "All issues" there.`;
}

/** Whoever may see no project is shown empty lists. */
export async function seesNothing({ session }: Context): Promise<boolean> {
  return (await session.me()).admin !== true && (await session.projects()).length === 0;
}
