/** The only reader of process.env. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
