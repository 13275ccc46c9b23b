/** People's own words about the simulated desks, in the form that `assess --answers` reads. */
interface DemoAnswers {
  readonly file: string;
  readonly respondent: string;
  readonly role: string;
  /** 1 not there, 2 partly, 3 fully. */
  readonly answers: Readonly<Record<string, 1 | 2 | 3 | 'dont_know'>>;
}

/** Answers in the order of the statements: `1`-`3`, `?` = does not know, blanks between stages. */
function readAnswers(file: string, respondent: string, role: string, marks: string): DemoAnswers {
  const answers: Record<string, 1 | 2 | 3 | 'dont_know'> = {};
  for (const [stage, group] of marks.split(' ').entries())
    for (const [index, mark] of [...group].entries())
      answers[`S${stage + 1}.${index + 1}`] = mark === '?' ? 'dont_know' : mark === '1' ? 1 : mark === '2' ? 2 : 3;
  return { file: `${file}.yaml`, respondent, role, answers };
}

export const ANSWERS_BY_DESK: Readonly<Record<string, readonly DemoAnswers[]>> = {
  harbor: [
    readAnswers('harbor-support-lead', 'lead-01', 'support lead', '33333 33233 22231 12122 111222 1111'),
    readAnswers('harbor-agent', 'agent-07', 'agent', '33323 2?2?3 1212? ??111 ?11122 ????'),
    readAnswers('harbor-engineering-manager', 'eng-02', 'engineering manager', '3?2?3 ????? ??2?? 1??2? 221?32 ????'),
  ],
  'says-five-is-two': [
    readAnswers(
      'says-five-is-two-head-of-support',
      'head-01',
      'head of support',
      '33333 33333 33333 33332 333332 2211',
    ),
    readAnswers('says-five-is-two-operations', 'ops-01', 'support operations', '33333 32333 33323 33332 33?332 1?11'),
  ],
  'monitored-mailbox': [
    readAnswers('monitored-mailbox-operations', 'ops-04', 'operations manager', '21113 21211 11111 11111 311212 1111'),
  ],
  sleepless: [
    readAnswers('sleepless-head-of-support', 'head-03', 'head of support', '33333 33333 33333 33333 333333 2222'),
    readAnswers(
      'sleepless-success-manager',
      'success-01',
      'customer success manager',
      '33?33 333?3 33323 33232 ?2?323 2223',
    ),
  ],
};
