export { type CurrentAnswers, currentAnswers } from './current-answers.ts';
export { checkAnswers, modelNamedIn, type ParsedAnswers, parseAnswers, type StatedReason } from './parse-answers.ts';
export { type AnswerLaw, entropyBits, type PlanInput, planQuestions } from './plan-questions.ts';
export {
  contradictedBy,
  decibansAgainst,
  favouredLevel,
  isContradicted,
  standingAt,
  throughResolutions,
} from './resolutions.ts';
export { listRespondents, type Respondent } from './respondents.ts';
export { type AnswersForm, writeAnswers } from './write-answers.ts';
