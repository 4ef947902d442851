/** The words of the first page, in English: they come with its code. */

import type { Say } from './say';

export const enHome = (say: Say) => ({
  home: {
    title: 'What shall we play?',
    lead: 'Pick a game. Play a friend by link, whoever is here, or a bot at once.',
    yourMatches: 'Your matches',
    yourTurn: 'Your turn',
    waitsForPlayers: 'Waiting for players',
    theirTurn: (names: readonly string[]) => `${say.list(names)} to move`,
    openLobbies: 'Open lobbies',
    noLobbies: 'Nobody is waiting just now. Start something below, and others will find it here.',
    watch: 'Matches to watch',
    noMatches: 'No public match is being played just now.',
    join: 'Join',
    joinLobby: (game: string, host: string) => `Join ${host}: ${game}`,
    hostedBy: (host: string) => `with ${host}`,
    seatsTaken: (taken: number, seats: number) => `${say.number(taken)} of ${say.number(seats)} seats taken`,
    spectators: (n: number) => say.count(n, { one: '# watching', other: '# watching' }),
    allGames: 'Games',
    moreGames: 'More games',
    moreGamesLead: (n: number) =>
      say.count(n, {
        one: '# more game from the OpenSpiel collection, plainly drawn.',
        other: '# more games from the OpenSpiel collection, plainly drawn.',
      }),
    showMore: 'Show them',
    search: 'Search games',
    filter: 'Show',
    filters: {
      all: 'All',
      two: 'For two',
      many: 'Three or more',
      bots: 'With bots',
      open: 'Nothing hidden',
      hidden: 'Hidden hands',
    },
    found: (n: number) => say.count(n, { one: '# game', other: '# games', zero: 'No game' }),
    nothingFound: 'No game is called that.',
    players: (counts: readonly number[]) => {
      const [least = 0] = counts;
      const most = counts.at(-1) ?? least;
      if (least === most) return say.count(least, { one: '# player', other: '# players' });
      const gap = counts.length < most - least + 1;
      return gap ? `${counts.map(say.number).join(', ')} players` : `${say.number(least)}–${say.number(most)} players`;
    },
    enterCode: 'Have a code?',
    code: 'Code of a lobby or match',
    open: 'Open',
  },
  offline: {
    title: 'You are offline',
    lead: 'Parlour needs a connection to play. Your matches wait for you.',
  },
});

export type HomeWords = ReturnType<typeof enHome>;
