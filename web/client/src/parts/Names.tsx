import { Fragment } from 'preact';

/** Names of people, which no translator should touch. */
export function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <span class="name soft" translate={false}>
      {names.map((name, at) => (
        <Fragment key={at}>
          {at > 0 && ', '}
          <bdi>{name}</bdi>
        </Fragment>
      ))}
    </span>
  );
}
