/** A relation of these columns, beside `connection`, without rows. */
export function nothing(columns: Readonly<Record<string, string>>): string {
  const typed = Object.entries({ connection: 'VARCHAR', ...columns });
  return `SELECT ${typed.map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`).join(', ')} WHERE false`;
}
