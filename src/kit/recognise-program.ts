import { toolClass } from './recognise-tool.ts';

/** A user that is a program, judged by its name. */
export function looksLikeMachine(name: string | null): boolean {
  return /\b(bot|api|integration|automation|service account|no-?reply|webhook|connector|monitor(?:ing)?|sync)\b/i.test(
    name ?? '',
  );
}

const ALERT_ADDRESS =
  /^(?:alerts?|alerting|alarms?|monitor(?:ing)?|nagios|zabbix|datadog|pagerduty|grafana|prometheus|no-?reply|do-?not-?reply|mailer-daemon|notifications?)(?:[+._-].*)?@/i;

/** A requester that is a program: an alerting address, or a program's name on a ticket that came through the API. */
export function looksLikeSource(user: { name: string | null; email: string | null }, throughApi: boolean): boolean {
  if (ALERT_ADDRESS.test(user.email ?? '')) return true;
  return throughApi && (looksLikeMachine(user.name) || toolClass(user.name ?? '') === 'monitoring');
}
