/** A number in a range, as for a bet. */

import { useState } from 'preact/hooks';
import { allowed, numberMove } from './picks';
import type { NumberForm } from './vocabulary';
import { buttonLabel, type Words } from './words';
import './number.css';

interface Props {
  form: NumberForm;
  disabled: boolean;
  words: Words;
  onMove: (move: string) => void;
}

export function NumberField({ form, disabled, words, onMove }: Props) {
  const [, verb, low, high, step, presets] = form;
  const [typed, setTyped] = useState<string>(String(low));
  const amount = allowed(form, Number.parseInt(typed, 10));
  const set = (value: number) => setTyped(String(allowed(form, value)));
  const input = {
    min: low,
    max: high,
    step,
    disabled,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value),
  };
  return (
    <form
      class="pt-number"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onMove(numberMove(form, amount));
      }}
    >
      <input
        {...input}
        type="range"
        class="pt-slider"
        value={amount}
        aria-label={`${buttonLabel(verb)}: ${words.amount}`}
      />
      <input
        {...input}
        type="number"
        class="pt-amount"
        inputMode="numeric"
        value={typed}
        aria-label={words.amount}
        onBlur={() => setTyped(String(amount))}
      />
      {presets?.map(([label, value]) => (
        <button type="button" class="pt-button pt-quiet" disabled={disabled} onClick={() => set(value)}>
          {label}
        </button>
      ))}
      <button type="submit" class="pt-button pt-main" disabled={disabled} data-number={verb}>
        {`${buttonLabel(verb)} ${amount}`}
      </button>
    </form>
  );
}
