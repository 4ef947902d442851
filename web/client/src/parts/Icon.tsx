/** Small drawings on buttons, our own; what they mean is said beside them. */

const DRAWN = {
  cross: 'M6 6l12 12M18 6L6 18',
  first: 'M6 5v14M19 5l-9 7 9 7z',
  previous: 'M16 5l-9 7 9 7',
  next: 'M8 5l9 7-9 7',
  last: 'M18 5v14M5 5l9 7-9 7z',
  flip: 'M7 4v14m-3-3l3 3 3-3M17 20V6m-3 3l3-3 3 3',
  flag: 'M6 21V4m0 1c5-3 7 3 12 0v9c-5 3-7-3-12 0',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  share: 'M12 15V4m-4 4l4-4 4 4M5 12v7h14v-7',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20h2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 100 6 3 3 0 000-6z',
  gear: 'M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2',
  bot: 'M5 9h14v10H5zM12 5v4M9 13v1.5M15 13v1.5M12 4.5v.1',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  search: 'M10.5 4.5a6 6 0 100 12 6 6 0 000-12zM15 15l5 5',
  send: 'M4 12l16-7-6 15-3-6z',
  down: 'M12 4v12m-5-5l5 5 5-5M5 20h14',
  live: 'M12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM7 7a7 7 0 000 10M17 7a7 7 0 010 10',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  check: 'M5 12.5l4.5 4.5L19 7',
  again: 'M19 12a7 7 0 11-2.5-5.4M19 4v4h-4',
} as const;

export type IconName = keyof typeof DRAWN;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon-drawn icon-${name}`} viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path d={DRAWN[name]} fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
