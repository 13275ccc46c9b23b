import { freshdeskLimits } from './freshdesk.ts';
import { jiraLimits } from './jira-service-management.ts';
import type { Limits } from './limits.ts';
import { serviceNowLimits } from './servicenow.ts';
import { zammadLimits } from './zammad.ts';

/** By id of the connector. */
export const LIMITS: Readonly<Record<string, Limits>> = {
  freshdesk: freshdeskLimits,
  'jira-service-management': jiraLimits,
  servicenow: serviceNowLimits,
  zammad: zammadLimits,
};
