import type { AppErrorData } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { RequestFailed } from '../api.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { addressOf, usePortal } from '../portal.ts';
import { fitJpeg } from '../review/photo/fit-jpeg.ts';
import { Checkbox } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { ticketCopy as copy } from './copy.ts';

export type Key = { number: string; code: string };
export type Photo = { name: string; file: Blob };

/** Sends a photo for a ticket that its person has in hand, with the consent that the page has asked for. */
export async function sendFile({ number, code }: Key, body: Blob): Promise<void> {
  const answer = await fetch(addressOf('/photos/ticket'), {
    method: 'PUT',
    headers: {
      'content-type': 'image/jpeg',
      'x-ticket': `${number}.${code}`,
      'x-agrees': 'photos',
    },
    body,
  });
  if (answer.ok) return;
  const { error } = (await answer.json()) as { error: { data: { app: AppErrorData } } };
  throw new RequestFailed(error.data.app);
}

/** The photos that a person chooses for a ticket, at most as many as there is room for. */
export function createFiles(room: () => number) {
  const portal = usePortal();
  const [photos, setPhotos] = createSignal<readonly Photo[]>([]);
  const [isBad, setBad] = createSignal(false);
  const choose = async (input: HTMLInputElement) => {
    const chosen = Array.from(input.files ?? []).slice(0, room() - photos().length);
    input.value = '';
    setBad(false);
    for (const source of chosen) {
      try {
        const { file } = await fitJpeg(source, { maxBytes: portal.photos.underBytes - 1 });
        setPhotos((before) => [...before, { name: source.name, file }]);
      } catch {
        setBad(true);
      }
    }
  };
  return {
    photos,
    isBad,
    setBad,
    choose,
    hasRoom: () => photos().length < room(),
    remove(photo: Photo) {
      setBad(false);
      setPhotos((all) => all.filter((each) => each !== photo));
    },
  };
}

/** The field of those photos: it asks for the consent first. */
export function FilesField(props: {
  of: ReturnType<typeof createFiles>;
  agrees: FieldBinding<boolean>;
  isAgreed: boolean;
}) {
  return (
    <fieldset class="field" classList={{ bad: props.of.isBad() }} aria-describedby="files-hint">
      <legend>{copy().files}</legend>
      <p class="hint" id="files-hint">
        {copy().filesHint}
      </p>
      <p class="err" role="alert">
        {props.of.isBad() ? copy().badFile : ''}
      </p>
      <Checkbox field={props.agrees} label={copy().agrees} />
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
              onChange={(event) => void props.of.choose(event.currentTarget)}
            />
            {copy().choose}
          </label>
        </Show>
      </Show>
    </fieldset>
  );
}
