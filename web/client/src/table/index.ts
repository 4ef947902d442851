/** The renderer: what pages use of it. */

export { play, type Sound, soundsOf } from './sounds';
export { TablePicture } from './TablePicture';
export { type TableOptions, TableView, type TableViewProps } from './TableView';
export type { Legal, Scene, Table } from './vocabulary';
export { ENGLISH, type Words, withNames } from './words';
