import { useSignal } from '@preact/signals';
import { useMoreWords } from '../state/moreWords';

interface Props {
  readonly value: unknown;
  readonly name?: string;
  readonly open?: boolean;
}

/** Plain data as a tree; branches are made when they are opened. */
export function Tree({ value, name, open = false }: Props) {
  const opened = useSignal(open);
  const words = useMoreWords().workbench;
  if (typeof value !== 'object' || value === null) return <Leaf value={value} name={name} />;
  const entries = Object.entries(value);
  return (
    <details class="tree" open={opened.value} onToggle={(event) => (opened.value = event.currentTarget.open)}>
      <summary>
        {name !== undefined && <Key name={name} />}
        <span class="soft small">{words.entries(entries.length)}</span>
      </summary>
      {opened.value && (
        <div class="branches">
          {entries.map(([key, part]) => (
            <Tree key={key} name={key} value={part} />
          ))}
        </div>
      )}
    </details>
  );
}

function Leaf({ value, name }: { readonly value: unknown; readonly name: string | undefined }) {
  return (
    <div class="leaf">
      {name !== undefined && <Key name={name} />}
      <code translate={false} class={`leaf-${value === null ? 'null' : typeof value}`}>
        {typeof value === 'bigint' ? String(value) : JSON.stringify(value)}
      </code>
    </div>
  );
}

function Key({ name }: { readonly name: string }) {
  return (
    <code class="tree-key" translate={false}>
      {name}
    </code>
  );
}
