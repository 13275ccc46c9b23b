import { describe, expect, it } from 'vitest';
import { idOfName, readSentence } from './rule-sentences.ts';

const PEOPLE = [
  { id: 'a1', names: ['Pam Beesly', 'Pam'] },
  { id: 'a2', names: ['Jim'] },
  { id: 'a3', names: ['jim '] },
];
const NAMES = {
  agentId: (name: string) => idOfName(PEOPLE, name, (one) => one.names),
  teamId: (name: string) => (name === 'Escalations' ? 't1' : null),
  keepTag: (tag: string) => `#${tag}`,
};

describe('readSentence', () => {
  it.each([
    // Examples of the vendor's description.
    ['Assign to Pam', 'set_assignee', ['assignee:a1']],
    ['Unassign from Michael', 'set_assignee', ['!assignee:*']],
    ['Tag with Michael is the Best Boss', 'set_tag', ['tag:#Michael is the Best Boss']],
    ['tag with escalated', 'escalate', ['tag:#escalated']],
    ['Remove tag escalated', 'set_tag', ['!tag:#escalated']],
    ['Move to Escalations', 'escalate', ['group:t1']],
    ['Archive', 'set_status', ['status:solved']],
    // Two of that name, and none.
    ['Assign to JIM', 'set_assignee', null],
    ['Move to Nowhere', 'set_group', null],
    ['Dance', null, null],
    [{ type: 'assign' }, null, null],
  ])('%j', (sentence, word, terms) => expect(readSentence(sentence, NAMES)).toEqual({ word, terms }));
});
