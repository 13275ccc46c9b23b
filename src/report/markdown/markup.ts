/** Cell text that cannot break the table or start markup. */
export function cell(text: string): string {
  return text.replace(/[|\\`*_<>[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}
