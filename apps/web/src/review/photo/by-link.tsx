import { isPhotoSide, type PhotoSide } from '@shiming/domain';
import { createSignal, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { defineCopy } from '../../copy/define-copy.ts';
import { failureSentence } from '../../copy/failures.ts';
import { takeLinkSecret } from '../../shared/link-secret.ts';
import { usePortal } from '../../portal.ts';
import { Note } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { reviewCopy } from '../copy.ts';
import { zh } from './by-link.zh.ts';
import { fitJpeg } from './fit-jpeg.ts';
import { zh as photoZh } from './photo.zh.ts';
import { failureIn, type PhotoFailure, send } from './uploads.ts';

const copy = defineCopy(zh, () => import('./by-link.en.ts'));
const photoCopy = defineCopy(photoZh, () => import('./photo.en.ts'));

/** Under what the server takes, by the other way of counting kilobytes too (DOMAIN 9). */
const spareBytes = 10 * 1024;

// The next QR code, scanned in the same tab, changes only what stands behind the #.
const again = () => location.reload();

/** /photo#…: the page that the QR code of 「用手机拍」 opens on a phone: one photo of one side, and nothing to see. */
export function PhotoByLinkPage() {
  const link = takeLinkSecret();
  onMount(() => addEventListener('hashchange', again));
  onCleanup(() => removeEventListener('hashchange', again));
  const [side = ''] = link.split('.');
  return (
    <Show
      when={isPhotoSide(side) ? side : undefined}
      fallback={
        <Page title={copy().overTitle}>
          <Note tone="warn">{failureSentence({ code: 'photo.link_over' })}</Note>
        </Page>
      }
    >
      {(known) => <TakePhoto side={known()} link={link} />}
    </Show>
  );
}

function TakePhoto(props: { side: PhotoSide; link: string }) {
  const [share, setShare] = createSignal<number>();
  const [isDone, setDone] = createSignal(false);
  const [failure, setFailure] = createSignal<PhotoFailure>();
  const isOver = () => failure()?.code === 'photo.link_over';
  const take = async (source: File) => {
    setFailure(undefined);
    setShare(0);
    try {
      const maxBytes = usePortal().photos.underBytes - spareBytes;
      const { file } = await fitJpeg(source, {
        maxBytes,
        onProgress: (part) => setShare(part / 2),
      });
      await send(props.side, file, (part) => setShare((1 + part) / 2), props.link);
      setDone(true);
    } catch (error) {
      setFailure(failureIn(error));
    } finally {
      setShare(undefined);
    }
  };
  const name = () => reviewCopy().tasks[props.side];
  return (
    <Page title={isDone() ? copy().doneTitle : name()} lead={isDone() ? undefined : copy().lead}>
      <Switch
        fallback={
          <>
            <Show when={failure()}>
              {(why) => (
                <div role="alert">
                  <Note tone="bad">{sentence(why())}</Note>
                </div>
              )}
            </Show>
            <Show when={!isOver()}>
              <div class="row">
                <Picker label={copy().take} isCamera onFile={(file) => void take(file)} />
                <Picker label={copy().choose} onFile={(file) => void take(file)} />
              </div>
            </Show>
          </>
        }
      >
        <Match when={isDone()}>
          <div role="status">
            <Note tone="ok">{copy().done}</Note>
          </div>
        </Match>
        <Match when={share() !== undefined}>
          <div class="tight">
            <progress value={share()} aria-label={copy().sending} />
            <p class="soft">{copy().sending}</p>
          </div>
        </Match>
      </Switch>
    </Page>
  );
}

function sentence(failure: PhotoFailure): string {
  if (failure.code === 'photo.unreadable') return photoCopy().unreadable[failure.reason];
  if (failure.code === 'photo.refused') return photoCopy().refusals[failure.reason];
  return failureSentence(failure);
}

function Picker(props: { label: string; isCamera?: boolean; onFile: (file: File) => void }) {
  return (
    <label class="btn" classList={{ plain: props.isCamera !== true }}>
      <input
        type="file"
        class="seen-by-readers"
        accept="image/*"
        capture={props.isCamera === true ? 'environment' : undefined}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) props.onFile(file);
          event.currentTarget.value = '';
        }}
      />
      {props.label}
    </label>
  );
}
