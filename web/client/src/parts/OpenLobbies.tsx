import { usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import type { ListedLobby } from '../state/lobbies';

/** Who waits for somebody, live. */
export function OpenLobbies({ lobbies }: { readonly lobbies: readonly ListedLobby[] | null }) {
  const { games } = usePage();
  const words = useHomeWords().home;
  return (
    <section aria-labelledby="lobbies-title" class="panel lobbies">
      <h2 id="lobbies-title">{words.openLobbies}</h2>
      {lobbies && !lobbies.length && <p class="soft">{words.noLobbies}</p>}
      <ul class="list">
        {lobbies?.map((lobby) => {
          const title = games.title(lobby.game);
          return (
            <li key={lobby.id} class="list-row">
              <span class="list-words">
                <strong lang="en">{title}</strong>
                <span class="soft">
                  <bdi>{words.hostedBy(lobby.host)}</bdi>
                </span>
              </span>
              <Seats taken={lobby.taken} seats={lobby.seats} said={words.seatsTaken(lobby.taken, lobby.seats)} />
              <a class="button" href={`/lobby/${lobby.id}`} aria-label={words.joinLobby(title, lobby.host)}>
                {words.join}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How full it is, as dots. */
function Seats({ taken, seats, said }: { readonly taken: number; readonly seats: number; readonly said: string }) {
  return (
    <span class="dots" role="img" aria-label={said} title={said}>
      {Array.from({ length: seats }, (_, seat) => (
        <span key={seat} class={seat < taken ? 'dot taken' : 'dot'} />
      ))}
    </span>
  );
}
