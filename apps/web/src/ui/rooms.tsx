import { mapArray } from 'solid-js';
import { A } from '../router/router.tsx';
import { Facts } from './blocks.tsx';

/** A page, and what is said of it beside the link. */
export type Room = { path: string; term: string; value: string };

/**
 * The rows of a list that lead to pages. A row stays as long as its page does, whatever else of it changes: a link that was made
 * again would lose the focus, and a press that had begun on it.
 */
export function Rooms(props: {
  rooms: readonly Room[];
  open: string;
  openLabel(term: string): string;
}) {
  const rows = mapArray(
    () => props.rooms.map(({ path }) => path),
    (path) => {
      const room = () => props.rooms.find((each) => each.path === path);
      return {
        get term() {
          return room()?.term;
        },
        get value() {
          return room()?.value;
        },
        action: (
          <A class="link" href={path} aria-label={props.openLabel(room()?.term ?? '')}>
            {props.open}
          </A>
        ),
      };
    },
  );
  return <Facts rows={rows()} />;
}
