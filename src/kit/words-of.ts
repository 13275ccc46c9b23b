/** Words of a name, in lower case and without accents: parted by anything that is no letter or digit, and where `camelCase` turns. Null gives none. */
export function wordsOf(name: string | null): string[] {
  return (name ?? '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/gu, 'ss')
    .replace(/ł/giu, 'l')
    .replace(/ø/giu, 'o')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
