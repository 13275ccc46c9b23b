import { describe, expect, it } from 'vitest';
import { readIssueReferences } from './issue-references.ts';

describe('readIssueReferences', () => {
  it.each([
    ['see https://acme.atlassian.net/browse/ENG-42.', 'jira', 'acme.atlassian.net/browse/eng-42'],
    ['https://jira.acme.example/jira/browse/ENG-42', 'jira', 'jira.acme.example/browse/eng-42'],
    ['(https://github.com/acme/app/issues/7#issuecomment-1)', 'github', 'github.com/acme/app/7'],
    ['<a href="https://gitlab.acme.example/team/app/-/issues/9">x</a>', 'gitlab', 'gitlab.acme.example/team/app/9'],
    ['https://linear.app/acme/issue/SUP-3/some-title', 'linear', 'linear.app/acme/sup-3'],
    ['https://dev.azure.com/acme/app/_workitems/edit/12/', 'azure_devops', 'dev.azure.com/acme/app/12'],
    ['https://bugs.acme.example/show_bug.cgi?id=99&amp;x=1', 'bugzilla', 'bugs.acme.example/99'],
  ])('%s', (text, system, key) => {
    expect(readIssueReferences(text)).toEqual([{ system, key }]);
  });

  it('gives each record once and nothing for other text', () => {
    const url = 'https://github.com/acme/app/pull/8';
    expect(readIssueReferences(`${url} ${url}, ${url}?a=1`)).toHaveLength(1);
    expect(readIssueReferences('ENG-42 https://acme.example/orders/7 https://github.com/acme')).toEqual([]);
    expect(readIssueReferences('')).toEqual([]);
  });
});
