import type { Practices } from './practices.ts';

/**
 * A desk within its vendor plan: what the plan does not hold is not practised, whatever the practices say. Team has no service-level
 * policies, business hours, surveys or routing by skill; promises between groups begin with enterprise.
 * Source: https://support.zendesk.com/hc/en-us/articles/4408883604378 and the plan notes of each page of the interface description.
 */
export function withinPlan(practices: Practices): Practices {
  const { plan } = practices.account;
  if (plan === 'enterprise') return practices;
  if (plan === 'professional') return { ...practices, teamPromises: false };
  return {
    ...practices,
    teamPromises: false,
    promises: [],
    hours: null,
    survey: null,
    assignment: practices.assignment === 'skill' ? 'pull' : practices.assignment,
  };
}
