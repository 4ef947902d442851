import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ChairPanel } from '../parts/ChairPanel';
import { MoveList } from '../parts/MoveList';
import { stepByKeys } from '../state/steps';
import { OptionsForm } from '../parts/OptionsForm';
import { SeatsSelect } from '../parts/PlayDialog';
import { Main } from '../parts/Shell';
import { beginBench, openBench, type Chair } from '../state/bench';
import { namesOf } from '../state/names';
import { usualOptions } from '../state/options';
import { attempted, usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import { useMoreWords } from '../state/moreWords';
import type { GameInfo, OptionValues } from '../state/views';
import '../style/match.css';
import '../style/workbench.css';

/** For hosts and authors: a match with all its seats in one window, and the wire laid open. */
export function Workbench({ id }: { readonly id: string | null }) {
  return id === null ? <Begin /> : <Bench id={id} />;
}

function Begin() {
  const { games } = usePage();
  const words = useMoreWords().workbench;
  const list = games.list.value ?? [];
  const key = useSignal<string | null>(null);
  const game = games.find(key.value ?? '') ?? list[0];
  return (
    <Main title={words.title} class="narrow">
      <p class="lead">{words.lead}</p>
      {game && (
        <div class="panel">
          <label class="field">
            <span class="label">{words.game}</span>
            <select value={game.key} lang="en" onChange={(event) => (key.value = event.currentTarget.value)}>
              {list.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
          <BeginForm key={game.key} game={game} />
        </div>
      )}
      <OpenForm />
    </Main>
  );
}

function BeginForm({ game }: { readonly game: GameInfo }) {
  const page = usePage();
  const words = useMoreWords();
  const seats = useSignal(game.seats[0] ?? 1);
  const single = useSignal(false);
  const busy = useSignal(false);
  const options = useSignal<OptionValues>(usualOptions(game.options));
  const begin = async (): Promise<void> => {
    busy.value = true;
    const wish = { game: game.key, options: options.value, seats: seats.value, single: single.value };
    const id = await attempted(page, beginBench(wish, (chair) => words.workbench.seat(chair + 1)));
    busy.value = false;
    if (id !== null) page.router.go({ page: 'workbench', id });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <SeatsSelect counts={game.seats} value={seats.value} onChange={(count) => (seats.value = count)} />
      <OptionsForm schema={game.options} values={options.value} onChange={(values) => (options.value = values)} />
      <fieldset class="choices">
        <legend>{words.workbench.identities}</legend>
        {[false, true].map((one) => (
          <label key={String(one)} class="choice">
            <input type="radio" name="identities" checked={single.value === one} onChange={() => (single.value = one)} />
            <span>{one ? words.workbench.single : words.workbench.several}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button main" disabled={busy.value}>
        {words.workbench.begin}
      </button>
    </form>
  );
}

function OpenForm() {
  const { router } = usePage();
  const words = useMoreWords();
  const id = useSignal('');
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = id.value.trim();
        if (wanted) router.go({ page: 'workbench', id: wanted });
      }}
    >
      <label class="field">
        <span class="label">{words.workbench.openMatch}</span>
        <input
          type="text"
          required
          maxLength={32}
          autocomplete="off"
          spellcheck={false}
          placeholder={words.workbench.matchId}
          value={id.value}
          onInput={(event) => (id.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">
        {useHomeWords().home.open}
      </button>
    </form>
  );
}

function Bench({ id }: { readonly id: string }) {
  const { client, games } = usePage();
  const words = useMoreWords();
  const bench = useMemo(() => openBench(client, id), [client, id]);
  useEffect(() => () => bench.close(), [bench]);
  const chairs = bench.chairs.value;
  const trouble = bench.trouble.value;
  const game = useComputed(() => bench.chairs.value?.at(-1)?.match.about.value?.game ?? '').value;
  if (!chairs) {
    return (
      <Main title={words.workbench.title} class="narrow">
        <p role="status" lang={trouble === null ? undefined : 'en'}>
          {trouble ?? words.general.loading}
        </p>
      </Main>
    );
  }
  return (
    <Main title={words.workbench.matchTitle(games.title(game))} class="bench">
      {bench.foreign.value && <p class="soft">{words.workbench.forgotten}</p>}
      <div class="bench-grid">
        <Past chairs={chairs} />
        {chairs.map((chair) => (
          <ChairPanel key={chair.seat} chair={chair} />
        ))}
      </div>
    </Main>
  );
}

/** Steps for all chairs together. */
function Past({ chairs }: { readonly chairs: readonly Chair[] }) {
  const words = useMoreWords();
  const spectator = chairs.at(-1);
  useEffect(() => spectator && stepByKeys(spectator.match.steps), [spectator]);
  if (!spectator) return null;
  const { about, steps, view } = spectator.match;
  const at = steps.at.value ?? steps.all.value.length - 1;
  return (
    <section class="panel tight" aria-label={words.match.moves}>
      <div class="row spread">
        <span class="numbers">{words.workbench.version(Math.max(at, 0))}</span>
        {steps.at.value !== null && (
          <button type="button" class="button main" onClick={() => steps.live()}>
            {words.match.live}
          </button>
        )}
        {view.value?.over && <span class="tag">{words.match.over}</span>}
      </div>
      <MoveList steps={steps} names={namesOf(about.value?.players ?? [])} />
    </section>
  );
}
