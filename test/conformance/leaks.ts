/** Words that stand in a text though they may not, each with what stands around it, so that the column can be seen. None is an empty list. */
export function leaks(text: string, words: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return words.flatMap((word) => {
    const at = lower.indexOf(word.toLowerCase());
    return at < 0 ? [] : [`${word} in …${text.slice(Math.max(0, at - 60), at + word.length + 20)}…`];
  });
}
