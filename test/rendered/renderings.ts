import { asChatwoot } from './chatwoot.ts';
import { asFreshdesk } from './freshdesk.ts';
import { asFront } from './front.ts';
import { asGitHub } from './github-issues.ts';
import { asGorgias } from './gorgias.ts';
import { asHelpScout } from './help-scout.ts';
import { asHubSpot } from './hubspot.ts';
import { asIntercom } from './intercom.ts';
import { asJira } from './jira-service-management.ts';
import { asRedmine } from './redmine.ts';
import type { Rendering } from './rendering.ts';
import { asSalesforce } from './salesforce.ts';
import { asServiceNow } from './servicenow.ts';
import { asZammad } from './zammad.ts';
import { asZohoDesk } from './zoho-desk.ts';

/** Every vendor that the life is rendered for, beside Zendesk, in which it is simulated. */
export const RENDERINGS: readonly Rendering[] = [
  asChatwoot,
  asFreshdesk,
  asFront,
  asGitHub,
  asGorgias,
  asHelpScout,
  asHubSpot,
  asIntercom,
  asJira,
  asRedmine,
  asSalesforce,
  asServiceNow,
  asZammad,
  asZohoDesk,
];
