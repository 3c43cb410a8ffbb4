import { For, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDay } from '../copy/format.ts';
import { bilingual } from '../portal.ts';
import { createRead } from '../session/signed-in.tsx';
import { Facts } from '../ui/blocks.tsx';
import { Reading } from '../ui/read.tsx';
import { zh } from './doors.zh.ts';

const copy = defineCopy(zh, () => import('./doors.en.ts'));

type Door = Awaited<ReturnType<typeof api.entry.doors.query>>[number];

/** What a portal uses of the account, what it still asks for, and what was agreed to there. */
function linesOf({ needs, consents }: Door): string[] {
  const { between } = copy();
  const namesOf = (isGiven: boolean) =>
    needs
      .filter((each) => each.isGiven === isGiven)
      .map(({ need }) => copy().needs[need])
      .join(between);
  const agreed = consents
    .map(({ kind, service, givenAtMs }) =>
      copy().on(
        service === null ? copy().consents[kind] : copy().service(bilingual(service)),
        formatDay(givenAtMs),
      ),
    )
    .join(between);
  const isEntered = consents.length > 0;
  return [
    isEntered ? copy().agreed(agreed) : copy().nothing,
    ...(isEntered && namesOf(true) !== '' ? [copy().has(namesOf(true))] : []),
    ...(namesOf(false) === '' ? [] : [copy().asks(namesOf(false))]),
  ];
}

/** S-REG-06: the portals that this account opens, and what each of them knows. */
export function Doors() {
  const read = createRead(() => api.entry.doors.query());
  return (
    <section class="stack">
      <h2>{copy().title}</h2>
      <p class="soft">{copy().text}</p>
      <Reading read={read}>
        {(doors) => (
          <Facts
            rows={doors().map((door) => ({
              term: bilingual(door.name),
              value: (
                <For each={linesOf(door)}>
                  {(line, at) => (
                    <>
                      <Show when={at() > 0}>
                        <br />
                      </Show>
                      {line}
                    </>
                  )}
                </For>
              ),
              action: door.isHere ? (
                <span class="soft">{copy().here}</span>
              ) : (
                // A document of its own, which this router has no pages of.
                <a
                  class="link"
                  target="_self"
                  href={door.address}
                  aria-label={copy().openLabel(bilingual(door.name))}
                >
                  {copy().open}
                </a>
              ),
            }))}
          />
        )}
      </Reading>
    </section>
  );
}
