/** What `make` gives for a text, made once for each: for words that come by the million and are few. Past `most` different ones something is odd, and each is made anew. */
export function remembered<T>(make: (text: string) => T, most = 500): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const one = make(text);
    if (made.size < most) made.set(text, one);
    return one;
  };
}
