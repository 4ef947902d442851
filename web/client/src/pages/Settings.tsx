import { useSignal } from '@preact/signals';
import { usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import type { Choices, Theme } from '../state/settings';
import { LANGUAGES } from '../words';
import { Main } from '../parts/Shell';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** What a player may choose about themselves and this page. */
export function SettingsPage() {
  const words = useMoreWords().settings;
  return (
    <Main title={words.title} class="narrow settings">
      <p class="lead">{words.lead}</p>
      <NameForm />
      <Look />
      <BoardChoices />
      <Attention />
      <section class="panel" aria-labelledby="authors-title">
        <h2 id="authors-title">{words.authors}</h2>
        <p class="soft">{words.authorsLead}</p>
        <p>
          <a class="button" href="/workbench">
            {words.workbench}
          </a>
        </p>
      </section>
    </Main>
  );
}

function useChoices(): [Choices, (change: Partial<Choices>) => void] {
  const { settings } = usePage();
  return [settings.value, (change) => (settings.value = { ...settings.peek(), ...change })];
}

function NameForm() {
  const { client, notices } = usePage();
  const words = useMoreWords().settings;
  const typed = useSignal<string | null>(null);
  const now = client.me.value?.name ?? '';
  const save = (): void => {
    const wanted = typed.value?.trim();
    if (!wanted || wanted === now) return;
    client.rename(wanted);
    typed.value = null;
    notices.tell(words.nameSaved);
  };
  return (
    <section class="panel" aria-labelledby="name-title">
      <h2 id="name-title">{words.name}</h2>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label class="field grow">
          <span class="spoken">{words.name}</span>
          <input
            type="text"
            autocomplete="nickname"
            maxLength={32}
            required
            value={typed.value ?? now}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button main">
          {words.saveName}
        </button>
      </form>
      <p class="soft small">{words.nameHint}</p>
    </section>
  );
}

function Look() {
  const words = useMoreWords().settings;
  const [choices, choose] = useChoices();
  const languages = choices.language in LANGUAGES ? LANGUAGES : { ...LANGUAGES, [choices.language]: choices.language };
  return (
    <section class="panel" aria-labelledby="look-title">
      <h2 id="look-title">{words.look}</h2>
      <fieldset class="choices">
        <legend>{words.theme}</legend>
        {THEMES.map((theme) => (
          <label key={theme} class="choice">
            <input type="radio" name="theme" checked={choices.theme === theme} onChange={() => choose({ theme })} />
            <span>{words.themes[theme]}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="label">{words.language}</span>
        <select value={choices.language} onChange={(event) => choose({ language: event.currentTarget.value })}>
          {Object.entries(languages).map(([language, name]) => (
            <option key={language} value={language} lang={language} translate={false}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function BoardChoices() {
  const words = useMoreWords().settings;
  return (
    <section class="panel" aria-labelledby="board-title">
      <h2 id="board-title">{words.board}</h2>
      <div>
        <Tick choice="labels" said={words.labels} />
        <Tick choice="targets" said={words.targets} />
        <Tick choice="animation" said={words.animation} hint={words.animationHint} />
        <Tick choice="confirm" said={words.confirm} />
      </div>
    </section>
  );
}

type Flag = { [Key in keyof Choices]: Choices[Key] extends boolean ? Key : never }[keyof Choices];

function Tick({ choice, said, hint }: { readonly choice: Flag; readonly said: string; readonly hint?: string }) {
  const [choices, choose] = useChoices();
  return (
    <label class="tick">
      <input type="checkbox" checked={choices[choice]} onChange={(event) => choose({ [choice]: event.currentTarget.checked })} />
      <span>
        {said}
        {hint && <span class="soft small block">{hint}</span>}
      </span>
    </label>
  );
}

function Attention() {
  const { sounds } = usePage();
  const words = useMoreWords().settings;
  const [choices, choose] = useChoices();
  return (
    <section class="panel" aria-labelledby="attention-title">
      <h2 id="attention-title">{words.attention}</h2>
      <Tick choice="sounds" said={words.sounds} />
      <div class="row">
        <label class="field grow">
          <span class="label">{words.volume}</span>
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            disabled={!choices.sounds}
            value={choices.volume}
            onInput={(event) => choose({ volume: event.currentTarget.valueAsNumber })}
          />
        </label>
        <button type="button" class="button" disabled={!choices.sounds} onClick={() => sounds.play('turn')}>
          {words.test}
        </button>
      </div>
      <Notify />
    </section>
  );
}

/** The browser asks for leave when it is first ticked. */
function Notify() {
  const words = useMoreWords().settings;
  const [choices, choose] = useChoices();
  const leave = useSignal('Notification' in window ? Notification.permission : null);
  if (leave.value === null) return <p class="soft small">{words.notifyUnknown}</p>;
  const change = async (wanted: boolean): Promise<void> => {
    if (wanted && leave.value !== 'granted') leave.value = await Notification.requestPermission();
    choose({ notify: wanted && leave.value === 'granted' });
  };
  return (
    <div>
      <label class="tick">
        <input
          type="checkbox"
          checked={choices.notify && leave.value === 'granted'}
          disabled={leave.value === 'denied'}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
        <span>
          {words.notify}
          <span class="soft small block">{leave.value === 'denied' ? words.notifyDenied : words.notifyHint}</span>
        </span>
      </label>
    </div>
  );
}
