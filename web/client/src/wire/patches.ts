/** From one view to the next. */

/** Plain data: within it maps, arrays, text, whole numbers, booleans and null. Never changed in place. */
export type View = Readonly<Record<string, unknown>>;
