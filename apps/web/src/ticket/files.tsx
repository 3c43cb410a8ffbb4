import { createSignal, For, Show } from 'solid-js';
import { send } from '../api.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { addressOf, usePortal } from '../portal.ts';
import { ui } from '../copy/ui.ts';
import { Checkbox } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { ticketCopy as copy } from './copy.ts';

export type Key = { number: string; code: string };
export type Photo = { name: string; file: Blob };

/** Sends a photo for a ticket that its person has in hand, with the consent that the page has asked for. */
export async function sendFile({ number, code }: Key, body: Blob): Promise<void> {
  await send(addressOf('/photos/ticket'), {
    method: 'PUT',
    headers: {
      'content-type': 'image/jpeg',
      'x-ticket': `${number}.${code}`,
      'x-agrees': 'photos',
    },
    body,
  });
}

/** The photos that a person chooses for a ticket, at most as many as there is room for. */
export function createFiles(room: () => number) {
  const portal = usePortal();
  const [photos, setPhotos] = createSignal<readonly Photo[]>([]);
  /** Why the last photo is not among them. */
  const [bad, setBad] = createSignal<'file' | 'network.unreachable' | null>(null);
  const choose = async (input: HTMLInputElement) => {
    const chosen = Array.from(input.files ?? []).slice(0, room() - photos().length);
    input.value = '';
    setBad(null);
    const loaded = await import('./fit-photo.ts').catch(() => null);
    if (loaded === null) {
      setBad('network.unreachable');
      return;
    }
    for (const source of chosen) {
      try {
        const { file } = await loaded.fitJpeg(source, { maxBytes: portal.photos.underBytes - 1 });
        setPhotos((before) => [...before, { name: source.name, file }]);
      } catch {
        setBad('file');
      }
    }
  };
  return {
    photos,
    bad,
    setBad,
    choose,
    hasRoom: () => photos().length < room(),
    remove(photo: Photo) {
      setBad(null);
      setPhotos((all) => all.filter((each) => each !== photo));
    },
  };
}

/** What the field of those photos says, where it says something else than that of a question. */
export type FilesWords = { files: string; filesHint: string; agrees: string; badFile: string };

/** The field of those photos: it asks for the consent first. */
export function FilesField(props: {
  of: ReturnType<typeof createFiles>;
  agrees: FieldBinding<boolean>;
  isAgreed: boolean;
  words?: FilesWords | undefined;
}) {
  const words = (): FilesWords => props.words ?? copy();
  const reason = () => {
    const bad = props.of.bad();
    return bad === null ? '' : bad === 'file' ? words().badFile : ui().local[bad];
  };
  return (
    <fieldset
      class="field"
      classList={{ bad: props.of.bad() !== null }}
      aria-describedby="files-hint"
    >
      <legend>{words().files}</legend>
      <p class="hint" id="files-hint">
        {words().filesHint}
      </p>
      <p class="err" role="alert">
        {reason()}
      </p>
      <Checkbox field={props.agrees} label={words().agrees} />
      <Show when={props.isAgreed}>
        <ul class="ways">
          <For each={props.of.photos()}>
            {(photo) => (
              <li>
                <Foreign>{photo.name}</Foreign>{' '}
                <button
                  type="button"
                  class="link"
                  aria-label={copy().removeFile(photo.name)}
                  onClick={() => props.of.remove(photo)}
                >
                  {copy().remove}
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.of.hasRoom()}>
          <label class="btn plain">
            <input
              type="file"
              class="seen-by-readers"
              accept="image/*"
              multiple
              // The form is checked again then: a photo may be what was missing.
              onChange={(event) =>
                void props.of.choose(event.currentTarget).then(() => props.agrees.set(true))
              }
            />
            {copy().choose}
          </label>
        </Show>
      </Show>
    </fieldset>
  );
}
