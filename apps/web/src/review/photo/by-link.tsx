import { isPhotoSide, type PhotoSide } from '@shiming/domain';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { defineCopy } from '../../copy/define-copy.ts';
import { failureSentence } from '../../copy/failures.ts';
import { LinkPage } from '../../shared/link-page.tsx';
import { Note } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { reviewCopy } from '../copy.ts';
import { zh } from './by-link.zh.ts';
import { fitJpeg } from './fit-jpeg.ts';
import { zh as photoZh } from './photo.zh.ts';
import { failureIn, maxPhotoBytes, type PhotoFailure, send } from './uploads.ts';

const copy = defineCopy(zh, () => import('./by-link.en.ts'));
const photoCopy = defineCopy(photoZh, () => import('./photo.en.ts'));

/** /photo#…: the page that the QR code of 「用手机拍」 opens on a phone: one photo of one side, and nothing to see. */
export function PhotoByLinkPage() {
  return (
    <LinkPage
      title={copy().overTitle}
      open={async (secret) => secret.split('.', 1).find(isPhotoSide)}
      dead={() => <Over />}
    >
      {({ opened, secret }) => (
        <Show when={opened} fallback={<Over />}>
          {(side) => <TakePhoto side={side()} link={secret} />}
        </Show>
      )}
    </LinkPage>
  );
}

function Over() {
  return (
    <Page title={copy().overTitle}>
      <Note tone="warn">{failureSentence({ code: 'photo.link_over' })}</Note>
    </Page>
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
      const { file } = await fitJpeg(source, {
        maxBytes: maxPhotoBytes(),
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
