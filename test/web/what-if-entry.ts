/** What is built for the browser in which the what-if is compared with the server. */
export { judgeAgain } from '../../web/what-if/judge-again.ts';
export { readInputs } from '../../web/what-if/read-inputs.ts';
