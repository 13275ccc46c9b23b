/** Texts that tried parsers take long over, or break on; about `size` characters each. Names say the shape. */
export function hostileYaml(size: number): [string, string][] {
  const fill = (part: (i: number) => string): string => {
    const parts: string[] = [];
    let length = 0;
    for (let i = 0; length < size; i++) {
      const next = part(i);
      parts.push(next);
      length += next.length;
    }
    return parts.join('');
  };
  return [
    ['many keys', fill((i) => `k${i}: 1\n`)],
    ['one key again and again', fill(() => 'model: 1\n')],
    ['a flow map of many keys', `{${fill((i) => `a${i}: 1,`)}}`],
    ['a huge list', fill(() => '- 1\n')],
    ['a huge flow list', `list: [${fill(() => '1,')}]`],
    ['open lists', '['.repeat(size)],
    ['closed lists', `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`],
    ['open maps', fill(() => '{a: ')],
    ['marks of items', fill(() => '- ')],
    ['marks of keys', fill(() => '? ')],
    ['deep indents', fill((i) => `${' '.repeat(Math.min(i, 400))}a:\n`)],
    ['aliases of one anchor', `a: &a 1\nb: [${fill(() => '*a,')}]`],
    ['aliases of aliases', `l0: &l0 x\n${fill((i) => `l${i + 1}: &l${i + 1} [*l${i},*l${i},*l${i}]\n`)}`],
    ['anchors', fill((i) => `- &a${i} 1\n`)],
    ['tags', fill(() => '- !x y\n')],
    ['a long word', `model: ${'x'.repeat(size)}`],
    ['a long key', `${'x'.repeat(1_000)}: 1\n`],
    ['escapes', `model: "${fill(() => '\\u0041')}"`],
    ['backslashes', `model: "${'\\'.repeat(size)}"`],
    ['blanks in quotes', `model: "${' '.repeat(size)}x"`],
    ['folded lines', `model: x\n${fill(() => ' x\n')}`],
    ['a block of lines', `model: |\n${fill(() => ' x\n')}`],
    ['comments', fill(() => '#\n')],
    ['directives', fill(() => '%\n')],
    ['documents', fill(() => '---\n')],
    ['line feeds', '\n'.repeat(size)],
    ['carriage returns', '\r'.repeat(size)],
    ['quotes', '"'.repeat(size)],
    ['flow after flow', fill(() => '[]')],
    ['merges', fill(() => '<<: {}\n')],
    ['colons', ':'.repeat(size)],
    ['dates for patterns', `model: ${'2026-'.repeat(size / 5)}`],
    ['digits for patterns', `model: ${'9'.repeat(size)}x`],
  ];
}

/** Bodies of a request as JSON text, about `size` bytes each. */
export function hostileJson(size: number): [string, string][] {
  const times = (count: number, part: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => part(i)).join(',');
  const long = 'x'.repeat(size - 100);
  return [
    ['unknown keys', `{${times(size / 12, (i) => `"k${i}":1`)}}`],
    ['near keys', `{${times(size / 16, (i) => `"S1.${i}":1`)}}`],
    ['answers of no statement', `{"respondent":"a","role":"b","answers":{${times(size / 14, (i) => `"S${i}":5`)}}}`],
    ['answers that are lists', `{"respondent":"a","role":"b","answers":{"S1.1":[${times(size / 4, () => '1')}]}}`],
    ['a huge list', `[${times(size / 2, () => '1')}]`],
    ['workspaces', `{"name":"x","role":"admin","workspaces":[${times(size / 4, () => '"A"')}]}`],
    [
      'settings',
      `{"name":"a","vendor":"zendesk","secret":{"none":true},"settings":{${times(size / 12, (i) => `"k${i}":1`)}}}`,
    ],
    ['open lists', '['.repeat(size)],
    ['closed lists', `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`],
    ['nested maps', `${'{"a":'.repeat(size / 7)}1${'}'.repeat(size / 7)}`],
    ['a long name', `{"name":"${long}"}`],
    ['a long key', `{"${long}":1}`],
    ['a long schedule', `{"kind":"sync","cron":"${'*/1,'.repeat(size / 5)}"}`],
    ['a long respondent', `{"respondent":"${'@'.repeat(size - 100)}","role":"b","answers":{}}`],
    [
      'a long proof',
      `{"respondent":"a","role":"b","answers":{"S1.1":{"value":1,"proof":"http://${'a.'.repeat(size / 2 - 100)}"}}}`,
    ],
    ['escapes', `{"name":"${'\\u0041'.repeat(size / 6 - 20)}"}`],
    ['a prototype', `{"__proto__":{${times(size / 12, (i) => `"k${i}":1`)}}}`],
    ['prototypes in a list', `[${times(size / 24, () => '{"\\u005f_proto__":1}')}]`],
    ['digits', `{"name":${'9'.repeat(size - 20)}}`],
    ['blanks', `${' '.repeat(size - 20)}{`],
    ['no JSON', 'x'.repeat(size)],
  ];
}
