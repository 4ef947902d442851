import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../state/page';
import type { Deed, Step, Steps } from '../state/steps';
import { withNames } from '../table/words';
import type { Words } from '../words';
import { Icon } from './Icon';

interface Props {
  readonly steps: Steps;
  readonly names: readonly string[];
}

/** All that was done, in order; each can be looked at. */
export function MoveList({ steps, names }: Props) {
  const words = useWords().match;
  const all = steps.all.value;
  const at = steps.at.value ?? all.length - 1;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const box = list.current;
    const current = box?.querySelector<HTMLElement>('[aria-current]');
    if (!box || !current) return;
    const [above, below] = [current.offsetTop, current.offsetTop + current.offsetHeight];
    if (above < box.scrollTop) box.scrollTop = above;
    else if (below > box.scrollTop + box.clientHeight) box.scrollTop = below - box.clientHeight;
  }, [at, all.length]);
  return (
    <div class="moves">
      {all.length < 2 && <p class="soft small moves-none">{words.noMoves}</p>}
      <ol class="move-list" ref={list} aria-label={words.moves}>
        {all.map((step, version) =>
          version === 0 ? null : (
            <li key={version}>
              <Move step={step} version={version} current={version === at} names={names} onLook={() => steps.look(version)} />
            </li>
          ),
        )}
      </ol>
      <Stepper steps={steps} />
    </div>
  );
}

interface MoveProps {
  readonly step: Step;
  readonly version: number;
  readonly current: boolean;
  readonly names: readonly string[];
  readonly onLook: () => void;
}

function Move({ step: { deed }, version, current, names, onLook }: MoveProps) {
  const words = useWords().match;
  const name = 'seat' in deed ? (names[deed.seat] ?? '') : '';
  const text = deedText(deed, names, words);
  return (
    <button type="button" class="move" aria-current={current ? 'step' : undefined} aria-label={words.moveBy(version, name, text)} onClick={onLook}>
      <span class="move-number numbers" aria-hidden="true">
        {version}
      </span>
      <bdi class="move-who" translate={false}>
        {name}
      </bdi>
      <span class="move-text" lang={deed.kind === 'move' && text !== words.moved ? 'en' : undefined}>
        {text}
      </span>
    </button>
  );
}

/** A move, or how the piece is called in which it shows: of “Ten of spades, played by Cy” what comes before the comma. Who it was is said beside it. */
export function deedText(deed: Deed, names: readonly string[], words: Words['match']): string {
  switch (deed.kind) {
    case 'move':
      return deed.text ?? withNames(without(deed.piece?.split(', ')[0], deed.seat) ?? words.moved, names);
    case 'resigned':
      return words.gaveUp;
    case 'start':
      return words.start;
    default:
      return words.otherDeed;
  }
}

function without(label: string | undefined, seat: number): string | undefined {
  return label?.replace(new RegExp(`^Player ${seat + 1} | by Player ${seat + 1}$`, 'u'), '');
}

/** First, previous, next and last; while one looks back, the way to what is now. */
export function Stepper({ steps }: { readonly steps: Steps }) {
  const words = useWords().match;
  const newest = steps.all.value.length - 1;
  const looked = steps.at.value;
  const at = looked ?? newest;
  const buttons = [
    ['first', words.first, 0, at > 0],
    ['previous', words.previous, at - 1, at > 0],
    ['next', words.next, at + 1, at < newest],
    ['last', words.last, newest, at < newest],
  ] as const;
  return (
    <div class="stepper" role="group" aria-label={words.moves}>
      {buttons.map(([icon, said, to, can]) => (
        <button key={icon} type="button" class="button quiet icon" aria-label={said} title={said} aria-disabled={!can} onClick={() => can && steps.look(to)}>
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
