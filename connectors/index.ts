import type { Connector } from '../src/kit/connector.ts';
import { chatwoot } from './chatwoot/index.ts';
import { freshdesk } from './freshdesk/index.ts';
import { front } from './front/index.ts';
import { githubIssues } from './github-issues/index.ts';
import { gorgias } from './gorgias/index.ts';
import { helpScout } from './help-scout/index.ts';
import { hubspot } from './hubspot/index.ts';
import { intercom } from './intercom/index.ts';
import { jiraServiceManagement } from './jira-service-management/index.ts';
import { redmine } from './redmine/index.ts';
import { requestTracker } from './request-tracker/index.ts';
import { salesforce } from './salesforce/index.ts';
import { servicenow } from './servicenow/index.ts';
import { warehouseOf } from './warehouse/index.ts';
import { zammad } from './zammad/index.ts';
import { zendesk } from './zendesk/index.ts';
import { zohoDesk } from './zoho-desk/index.ts';

/** A connector parses its settings with its own schema before anything else is asked of it, so their type may be forgotten here. */
function listed<S>(connector: Connector<S>): Connector {
  return connector as unknown as Connector;
}

const VENDORS: readonly Connector[] = [
  listed(zendesk),
  listed(freshdesk),
  listed(hubspot),
  listed(intercom),
  listed(jiraServiceManagement),
  listed(servicenow),
  listed(redmine),
  listed(githubIssues),
  listed(salesforce),
  listed(requestTracker),
  listed(zammad),
  listed(chatwoot),
  listed(gorgias),
  listed(front),
  listed(zohoDesk),
  listed(helpScout),
];

/** Every vendor that can be connected, in the order shown to people; behind them the tables that others write of them. */
export const CONNECTORS: readonly Connector[] = [...VENDORS, ...warehouseOf(VENDORS)];
