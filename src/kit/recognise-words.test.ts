import { describe, expect, it } from 'vitest';
import { looksLikeMachine, looksLikeSource } from './recognise-program.ts';
import { tierRank } from './recognise-tier.ts';
import { toolClass } from './recognise-tool.ts';
import { ianaZone } from './time-zone-names.ts';

describe('tierRank', () => {
  it.each([
    ['Enterprise', undefined, 1],
    ['professional', undefined, 2],
    ['standard', undefined, 3],
    ['free', undefined, 4],
    ['zebra', undefined, null],
    [null, undefined, null],
    ['b', ['a', 'b'], 2],
    ['B', ['a', 'b'], 2],
    ['Enterprise', ['a', 'b'], null],
  ])('%s in %j', (tier, order, rank) => {
    expect(tierRank(tier, order)).toBe(rank);
  });
});

describe('looksLikeMachine', () => {
  it.each([
    ['Slack Integration', true],
    ['Support Bot', true],
    ['Abbot Costello', false],
    ['Monitoring', true],
    [null, false],
  ])('%s', (name, machine) => {
    expect(looksLikeMachine(name)).toBe(machine);
  });
});

describe('looksLikeSource', () => {
  it.each([
    ['Datadog', 'x@acme.example', true, true],
    ['Datadog', 'x@acme.example', false, false],
    ['Jane', 'alerts@acme.example', false, true],
    ['Jane', 'monitoring+prod@acme.example', false, true],
    ['Jane', 'alertson@acme.example', false, false],
    [null, null, true, false],
  ])('%s <%s>, through the API: %s', (name, email, api, source) => {
    expect(looksLikeSource({ name, email }, api)).toBe(source);
  });
});

describe('ianaZone', () => {
  it.each([
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ['Copenhagen', 'Europe/Copenhagen'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Atlantis', null],
    ['', null],
  ])('%s', (name, zone) => {
    expect(ianaZone(name)).toBe(zone);
  });
});

describe('toolClass', () => {
  it.each([
    ['Jira', 'issue_tracker'],
    ['Slack', 'collaboration'],
    ['Aircall', 'telephony'],
    ['Salesforce', 'crm_billing'],
    ['PagerDuty', 'monitoring'],
    ['MaestroQA', 'workforce_quality'],
    ['https://hooks.slack.com/services/x', 'collaboration'],
    ['Pumpkin', 'other'],
    ['', 'other'],
  ])('%s', (name, expected) => {
    expect(toolClass(name)).toBe(expected);
  });
});
