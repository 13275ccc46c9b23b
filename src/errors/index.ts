export { type BoundedYaml, parseBoundedYaml, YAML_LIMITS } from './bounded-yaml.ts';
export { CODES, ERROR_KINDS, type ErrorCode, type ErrorKind } from './codes.ts';
export { isDeadCredentials } from './dead-credentials.ts';
export { fileTrouble } from './file-trouble.ts';
export { hasHidden, showHidden } from './hidden-characters.ts';
export { knownKeys } from './known-keys.ts';
export { nearest } from './nearest.ts';
export { type CheckedYaml, checkYaml, parseYaml, readYaml, type YamlReading, type YamlSource } from './parse-yaml.ts';
export { type ErrorDetails, EXIT_CODES, MOST_PROBLEMS, PlumblineError } from './plumbline-error.ts';
