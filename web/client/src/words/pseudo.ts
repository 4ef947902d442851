/** A language for tests: English with accents and in brackets, a third longer, as others would be. */

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ', n: 'ñ',
  o: 'ó', p: 'þ', q: 'ɋ', r: 'ŕ', s: 'š', t: 'ţ', u: 'ú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž',
  A: 'Á', B: 'Ɓ', C: 'Ç', D: 'Ð', E: 'É', F: 'Ƒ', G: 'Ĝ', H: 'Ĥ', I: 'Í', J: 'Ĵ', K: 'Ķ', L: 'Ļ', M: 'Ḿ', N: 'Ñ',
  O: 'Ó', P: 'Þ', Q: 'Ɋ', R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Ú', V: 'Ṽ', W: 'Ŵ', X: 'Ẋ', Y: 'Ý', Z: 'Ž',
}; // prettier-ignore

/** `⟦Šéţţíñĝš ~~~~⟧`; placeholders in braces stay as they are. */
export function accented(text: string): string {
  const said = text.replace(/\{\w+\}|[A-Za-z]/g, (part) => ACCENTS[part] ?? part);
  return `⟦${said}${' ~~~~'.repeat(Math.ceil(text.length / 15))}⟧`;
}

/** The same catalogue, every text of which is accented. */
export function pseudo<C>(catalogue: C): C {
  return turned(catalogue) as C;
}

function turned(part: unknown): unknown {
  if (typeof part === 'string') return accented(part);
  if (typeof part === 'function') return (...values: unknown[]) => turned(part(...values));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, turned(value)]));
}
