import { chatwootLimits } from './chatwoot.ts';
import { freshdeskLimits } from './freshdesk.ts';
import { frontLimits } from './front.ts';
import { githubLimits } from './github-issues.ts';
import { gorgiasLimits } from './gorgias.ts';
import { helpScoutLimits } from './help-scout.ts';
import { hubspotLimits } from './hubspot.ts';
import { intercomLimits } from './intercom.ts';
import { jiraLimits } from './jira-service-management.ts';
import type { Limits } from './limits.ts';
import { redmineLimits } from './redmine.ts';
import { salesforceLimits } from './salesforce.ts';
import { serviceNowLimits } from './servicenow.ts';
import { zammadLimits } from './zammad.ts';
import { zohoDeskLimits } from './zoho-desk.ts';

/** By id of the connector. */
export const LIMITS: Readonly<Record<string, Limits>> = {
  chatwoot: chatwootLimits,
  freshdesk: freshdeskLimits,
  front: frontLimits,
  'github-issues': githubLimits,
  gorgias: gorgiasLimits,
  'help-scout': helpScoutLimits,
  hubspot: hubspotLimits,
  intercom: intercomLimits,
  'jira-service-management': jiraLimits,
  redmine: redmineLimits,
  salesforce: salesforceLimits,
  servicenow: serviceNowLimits,
  zammad: zammadLimits,
  'zoho-desk': zohoDeskLimits,
};
