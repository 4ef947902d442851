/** The four suits, in a box from -50 to 50. */

export type Suit = 'C' | 'D' | 'H' | 'S';

export const SUITS: Record<Suit, string> = {
  H: 'M0 40C-48 6-46-36-20-36-9-36-2-29 0-20 2-29 9-36 20-36 46-36 48 6 0 40z',
  D: 'M0-44C8-28 20-12 33 0 20 12 8 28 0 44-8 28-20 12-33 0-20-12-8-28 0-44z',
  S: 'M0-43C5-24 41-8 38 15 35 31 14 33 5 20 6 30 10 37 16 41H-16C-10 37-6 30-5 20-14 33-35 31-38 15-41-8-5-24 0-43z',
  C: 'M0-42a18.5 18.5 0 0 1 13 31.5A18.5 18.5 0 1 1 5 17C6 29 10 36 16 41H-16C-10 36-6 29-5 17A18.5 18.5 0 1 1-13-10.5 18.5 18.5 0 0 1 0-42z',
};

export function isSuit(text: string): text is Suit {
  return text in SUITS;
}
