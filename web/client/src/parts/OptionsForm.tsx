import { useMoreWords } from '../state/moreWords';
import { fieldsOf, type Field } from '../state/options';
import type { OptionsSchema, OptionValue, OptionValues } from '../state/views';
import '../style/options.css';

interface Props {
  readonly schema: OptionsSchema;
  readonly values: OptionValues;
  readonly onChange: (values: OptionValues) => void;
}

/** The options of a game, one field each. */
export function OptionsForm({ schema, values, onChange }: Props) {
  const fields = fieldsOf(schema);
  return (
    <div class="options">
      {fields.map((field) => (
        <OptionField
          key={field.key}
          field={field}
          value={values[field.key] ?? field.usual}
          onChange={(value) => onChange({ ...values, [field.key]: value })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: Field;
  readonly value: OptionValue;
  readonly onChange: (value: OptionValue) => void;
}

function OptionField({ field, value, onChange }: FieldProps) {
  const words = useMoreWords().options;
  const name = words.names[field.key];
  const label = <span lang={name ? undefined : 'en'}>{name ?? field.label}</span>;
  const hint = field.hint && (
    <span class="hint" lang="en">
      {field.hint}
    </span>
  );
  if (field.kind === 'flag') {
    return (
      <label class="tick">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>
          {label} {hint}
        </span>
      </label>
    );
  }
  return (
    <label class="field">
      <span class="label">{label}</span>
      {field.kind === 'choice' ? (
        <select value={String(value)} onChange={(event) => onChange(chosen(field.choices, event.currentTarget.value))}>
          {field.choices.map((choice) => (
            <option key={String(choice)} value={String(choice)} lang="en">
              {String(choice)}
            </option>
          ))}
        </select>
      ) : field.kind === 'number' ? (
        <NumberInput field={field} value={Number(value)} onChange={onChange} />
      ) : (
        <input type="text" maxLength={field.most} value={String(value)} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
      {hint}
    </label>
  );
}

function chosen(choices: readonly OptionValue[], text: string): OptionValue {
  return choices.find((choice) => String(choice) === text) ?? text;
}

interface NumberProps {
  readonly field: Extract<Field, { kind: 'number' }>;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberInput({ field, value, onChange }: NumberProps) {
  const words = useMoreWords().options;
  const { least, most, step } = field;
  const range =
    least !== null && most !== null
      ? words.range(least, most)
      : least !== null
        ? words.atLeast(least)
        : most !== null
          ? words.atMost(most)
          : '';
  return (
    <>
      <input
        type="number"
        inputMode="numeric"
        required
        {...(least !== null && { min: least })}
        {...(most !== null && { max: most })}
        step={step}
        value={value}
        onInput={(event) => {
          if (event.currentTarget.validity.valid) onChange(event.currentTarget.valueAsNumber);
        }}
      />
      {range && <span class="hint">{range}</span>}
    </>
  );
}

/** Options that were chosen, to be read. */
export function OptionsList({ schema, values }: { readonly schema: OptionsSchema; readonly values: OptionValues }) {
  const words = useMoreWords().options;
  const fields = fieldsOf(schema).filter((field) => field.key in values);
  return (
    <dl class="facts">
      {fields.map((field) => {
        const value = values[field.key];
        return (
          <div key={field.key}>
            <dt lang={words.names[field.key] ? undefined : 'en'}>{words.names[field.key] ?? field.label}</dt>
            <dd>{typeof value === 'boolean' ? (value ? words.yes : words.no) : <span lang="en">{String(value)}</span>}</dd>
          </div>
        );
      })}
    </dl>
  );
}
