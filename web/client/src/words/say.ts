/** What catalogues of words are written with: plurals, numbers and times as a language has them. */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

export interface Say {
  /** One of the forms, by the number, which stands where the form has `#`. `zero` is for none in every language. */
  count(number: number, forms: Forms): string;
  number(number: number): string;
  /** `Ann, Bea and Cy` */
  list(names: readonly string[]): string;
  /** A date and a time of day, of milliseconds since 1970. */
  time(ms: number): string;
  /** A time of day. */
  clock(ms: number): string;
  /** Whole seconds as minutes and seconds: `1:05`. */
  duration(seconds: number): string;
}

export function saying(language: string): Say {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const number = (value: number): string => numbers.format(value).replace('-', '−'); // a hyphen is no sign
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const clocks = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return {
    count(value, forms) {
      const form = value === 0 ? (forms.zero ?? forms.other) : (forms[rules.select(value)] ?? forms.other);
      return form.replace('#', number(value));
    },
    number,
    list: (names) => lists.format(names),
    time: (ms) => times.format(ms),
    clock: (ms) => clocks.format(ms),
    duration: (seconds) => `${number(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`,
  };
}
