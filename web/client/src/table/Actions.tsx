/** The moves that are not made on the table: buttons, amounts, subsets; and the way back. */

import { useState } from 'preact/hooks';
import { loaded, Nothing } from '../loaded';
import { type Model, buttonsOf } from './model';
import { type Choices, type Pickable, type Picking, subsetMove } from './picks';
import type { SubsetForm } from './vocabulary';
import { buttonLabel, filled, type Words } from './words';

export interface ActionsProps {
  model: Model;
  choices: Choices;
  can: Pickable;
  picking: Picking;
  /** A complete move that waits to be confirmed. */
  held: string | null;
  disabled: boolean;
  words: Words;
  onPick: (word: string) => void;
  onMove: (move: string) => void;
  onBack: () => void;
}

const SEARCHABLE = 14;

/** Few games have amounts. */
export const NumberField = loaded(() => import('./NumberField').then((module) => module.NumberField), Nothing);

export function Actions(props: ActionsProps) {
  const { model, choices, can, picking, held, words, disabled, onBack, onMove } = props;
  const buttons = buttonsOf(model, can);
  const first = picking.picked.length === 0;
  const subsets = first ? choices.subsets : [];
  const numbers = first ? choices.numbers : [];
  const near = buttons.next.length <= SEARCHABLE && (model.layouts.size === 0 || (!first && buttons.next.length > 0));
  const crumbs = picking.picked.filter((pick) => !model.drawn.has(pick));
  return (
    <div
      class={near ? 'pt-actions pt-near' : 'pt-actions'}
      role="group"
      aria-label={words.actions}
      aria-busy={disabled}
    >
      {held !== null ? (
        <button type="button" class="pt-button pt-main" disabled={disabled} onClick={() => onMove(held)}>
          {`${words.confirm} ${buttonLabel(held)}`}
        </button>
      ) : (
        <>
          {crumbs.map((pick) => (
            <span class="pt-crumb">{buttonLabel(pick)}</span>
          ))}
          <Buttons key={picking.picked.join()} {...props} picks={buttons.next} />
          {buttons.words.map((word) => (
            <WordButton word={word} {...props} />
          ))}
          {subsets.map((form) => (
            <SubsetButton key={form[1]} form={form} {...props} />
          ))}
          {numbers.map((form) => (
            <NumberField key={`${form[1]} ${form[2]}-${form[3]}`} form={form} {...props} />
          ))}
        </>
      )}
      {(held !== null || !first || picking.words.length > 0) && (
        <button type="button" class="pt-button pt-quiet" disabled={disabled} onClick={onBack}>
          {held === null ? words.undo : words.cancel}
        </button>
      )}
    </div>
  );
}

function Buttons({ picks, disabled, words, onPick }: ActionsProps & { picks: readonly string[] }) {
  const [wanted, setWanted] = useState('');
  const many = picks.length > SEARCHABLE;
  const found = many && wanted ? picks.filter((pick) => pick.toLowerCase().includes(wanted.toLowerCase())) : picks;
  const list = found.map((pick) => (
    <button
      type="button"
      class="pt-button"
      key={pick}
      disabled={disabled}
      data-button={pick}
      onClick={() => onPick(pick)}
    >
      {buttonLabel(pick)}
    </button>
  ));
  if (!many) return <>{list}</>;
  return (
    <div class="pt-many">
      <input
        type="search"
        class="pt-search"
        placeholder={words.search}
        aria-label={words.search}
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <div class="pt-found" role="group" aria-label={words.actions} tabindex={0}>
        {list.length ? list : <span class="pt-crumb">{words.noneFound}</span>}
      </div>
    </div>
  );
}

function WordButton({ word, picking, disabled, onPick }: ActionsProps & { word: string }) {
  return (
    <button
      type="button"
      class="pt-button"
      disabled={disabled}
      aria-pressed={picking.words.includes(word)}
      data-button={word}
      onClick={() => onPick(word)}
    >
      {buttonLabel(word)}
    </button>
  );
}

function SubsetButton({ form, picking, disabled, words, onMove }: ActionsProps & { form: SubsetForm }) {
  const move = subsetMove(form, picking.words);
  const count = filled(words.chosen, { chosen: picking.words.length, least: form[3], most: form[4] });
  return (
    <button
      type="button"
      class="pt-button pt-main"
      disabled={disabled || move === null}
      data-subset={form[1]}
      onClick={() => move !== null && onMove(move)}
    >
      {buttonLabel(form[1])} <small>{count}</small>
    </button>
  );
}
