import { isPhotoSide, type PhotoSide } from '@shiming/domain';
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Match,
  on,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import { A, useNavigate, useParams } from '../../router/router.tsx';
import { NotFound } from '../../about/not-found.tsx';
import { api } from '../../api.ts';
import { defineCopy } from '../../copy/define-copy.ts';
import { documentPhotos } from '../../copy/documents.photos.ts';
import { failureSentence } from '../../copy/failures.ts';
import { GiveConsent } from '../../data/lazy-give-consent.ts';
import { page } from '../../lazy-page.ts';
import { reviewPath } from '../../session/next.ts';
import { useSignedIn } from '../../session/signed-in.tsx';
import { createAction } from '../../ui/action.tsx';
import { FailureNote, Loading, Note, Reveal } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { reviewCopy } from '../copy.ts';
import { useReview } from '../flow.tsx';
import { checkPath, isReturned, mayChange, missingOf, photoAddress, taskPath } from '../view.ts';
import { isOrientation, turned } from '../../shared/orientation.ts';
import { zh } from './photo.zh.ts';
import { BigPicture } from './picture.tsx';
import type { PhotoFailure, Upload } from './uploads.ts';

const copy = defineCopy(zh, () => import('./photo.en.ts'));

const Samples = page(() => import('./samples.tsx'), 'Samples');
const HandOff = page(() => import('./hand-off.tsx'), 'HandOff');
const Reasons = page(() => import('../reasons.tsx'), 'Reasons');

/** Where a finger points there is a camera too, as good as always. */
const isHandheld = () => matchMedia('(pointer: coarse)').matches;

/** /account/review/photos/:side */
export function PhotoPage() {
  const params = useParams<{ side: string }>();
  return (
    <Show when={isPhotoSide(params.side) ? params.side : undefined} keyed fallback={<NotFound />}>
      {(side) => <OfSide side={side} />}
    </Show>
  );
}

/** T-REV-02: one photo: taken or chosen, made fit, sent at once, looked at, turned, replaced, removed. */
function OfSide(props: { side: PhotoSide }) {
  const { side } = props;
  const { now, again, uploads } = useReview();
  const navigate = useNavigate();
  const [isByPhone, setByPhone] = createSignal(false);
  const name = () => reviewCopy().tasks[side];
  const stored = () => now().request?.photos[side] ?? null;
  const isMissing = () => missingOf(now()).includes(side);
  /** On its way; or arrived, as long as no other one has come since. */
  const upload = (): Upload | undefined => {
    const known = uploads.of(side);
    return known?.stage === 'done' && known.photoId !== stored()?.photoId ? undefined : known;
  };
  /** What there is to be looked at: sent from here, or from the phone, or before. */
  const shown = () => {
    const picture = upload()?.picture;
    if (picture) return { ...picture, orientation: 1 };
    if (upload() !== undefined || isMissing()) return null;
    const photo = stored();
    return photo && { ...photo, address: photoAddress(photo) };
  };
  const isSaved = () => upload() === undefined || upload()?.stage === 'done';
  const wrong = () => (now().request?.reasons ?? []).filter(({ item }) => item === side);
  const isAnswer = () => isReturned(now());

  // A photo that came from the phone ends the wait for it; a look that found nothing new does not.
  const storedId = createMemo(() => stored()?.photoId);
  createEffect(on(storedId, () => setByPhone(false), { defer: true }));
  createEffect(() => {
    if (upload()?.failure?.code === 'session.required') void again();
  });

  const begin = (file: File) => {
    act.forget();
    setByPhone(false);
    uploads.begin(side, file);
  };
  const act = createAction((work: () => Promise<void>) => work(), useSignedIn());
  const turn = () =>
    act.run(async () => {
      const photo = stored();
      if (uploads.turn(side) || photo === null) return;
      // Sent before this page was opened: what it was made of is the photo on the server.
      const source = await (await fetch(photoAddress(photo))).blob();
      const orientation = isOrientation(photo.orientation) ? photo.orientation : 1;
      uploads.begin(side, source, turned(orientation));
    });
  const remove = () =>
    act.run(async () => {
      uploads.forget(side);
      if (stored() === null) return;
      await api.review.removePhoto.mutate({ side });
      await again();
    });
  const goOn = () => {
    const next = missingOf(now()).find((task) => task !== side);
    navigate(next === undefined ? checkPath : taskPath(next));
  };

  return (
    <Show
      when={mayChange(now(), side)}
      fallback={<Fixed name={name()} photo={shown()} isReturned={isAnswer()} />}
    >
      <Page
        title={name()}
        lead={documentPhotos().leads[now().documentType][side]}
        backTo={reviewPath}
      >
        <Show when={wrong().length > 0 && shown() === null}>
          <section class="stack">
            <h2>{copy().wrongBefore}</h2>
            <Suspense fallback={<Loading />}>
              <Reasons
                reasons={wrong()}
                photos={isAnswer() ? now().request?.photos : now().last?.photos}
              />
            </Suspense>
          </section>
        </Show>
        <Show when={shown()}>{(photo) => <BigPicture photo={photo()} label={name()} />}</Show>
        <Progress upload={upload()} />
        <Show when={upload()?.stage === 'failed' && upload()?.failure}>
          {(why) => (
            <div role="alert">
              <Note tone="bad">
                <p>
                  <b>{copy().failedTitle}</b> {sentence(why())}
                  {copy().notCounted}
                </p>
              </Note>
            </div>
          )}
        </Show>
        <Show when={act.failure()}>
          {(why) => <FailureNote failure={why()} onRetry={act.forget} />}
        </Show>
        <div role="status">
          <Show when={shown() !== null && isSaved()}>
            <Note tone="ok">
              <p>
                <b>{copy().done}</b> {copy().checkText}
              </p>
            </Note>
          </Show>
        </div>
        <Doubts upload={upload()} isSelfie={side === 'holding' && shown() !== null && isSaved()} />
        <Show
          when={shown() !== null}
          fallback={
            <Show
              when={now().mayTakePhotos}
              fallback={
                <Suspense fallback={<Loading />}>
                  <GiveConsent consent={{ kind: 'photos' }} onGiven={again} />
                </Suspense>
              }
            >
              <div class="stack">
                <div class="row">
                  <Pickers onFile={begin} />
                  <Show when={!isHandheld()}>
                    <ByPhone isOn={isByPhone()} onPress={setByPhone} />
                  </Show>
                </div>
                <p class="soft">{copy().anySize}</p>
              </div>
            </Show>
          }
        >
          <Switch>
            <Match when={isSaved()}>
              <div class="row">
                <button type="button" class="btn" onClick={goOn}>
                  {copy().next}
                </button>
              </div>
            </Match>
            <Match when={upload()?.stage === 'failed' && canRetry(upload()?.failure)}>
              <div class="row">
                <button type="button" class="btn" onClick={() => uploads.retry(side)}>
                  {copy().retry}
                </button>
              </div>
            </Match>
          </Switch>
          <div class="pairs">
            <button
              type="button"
              class="btn plain"
              aria-disabled={upload()?.stage === 'preparing'}
              onClick={() => upload()?.stage !== 'preparing' && void turn()}
            >
              {copy().turn}
            </button>
            <Pickers isAgain onFile={begin} />
            <Show when={!isHandheld()}>
              <ByPhone isOn={isByPhone()} onPress={setByPhone} />
            </Show>
            <Show when={!isAnswer()}>
              <button type="button" class="btn plain" onClick={() => void remove()}>
                {copy().remove}
              </button>
            </Show>
          </div>
        </Show>
        <Show when={isByPhone()}>
          <Suspense fallback={<Loading />}>
            <HandOff side={side} look={again} />
          </Suspense>
        </Show>
        <Suspense fallback={<Loading />}>
          <Show when={shown() !== null} fallback={<Samples side={side} />}>
            <Reveal title={copy().seeSamples}>
              <Samples side={side} />
            </Reveal>
          </Show>
        </Suspense>
      </Page>
    </Show>
  );
}

/** What can be sent again as it is. */
const canRetry = (failure: PhotoFailure | null | undefined) =>
  failure?.code !== 'photo.unreadable' && failure?.code !== 'photo.refused';

function sentence(failure: PhotoFailure): string {
  if (failure.code === 'photo.unreadable') return copy().unreadable[failure.reason];
  if (failure.code === 'photo.refused') return copy().refusals[failure.reason];
  return `${failureSentence(failure)}${copy().stop}`;
}

/** Buttons that are file inputs: the camera where there is one, and the album. */
function Pickers(props: { isAgain?: boolean; onFile: (file: File) => void }) {
  const isCamera = isHandheld();
  return (
    <>
      <Show when={isCamera}>
        <Picker
          label={props.isAgain === true ? copy().again : copy().take}
          isPlain={props.isAgain === true}
          isCamera
          onFile={props.onFile}
        />
      </Show>
      <Picker
        label={
          props.isAgain === true
            ? isCamera
              ? copy().replaceByAlbum
              : copy().replace
            : isCamera
              ? copy().album
              : copy().choose
        }
        isPlain={props.isAgain === true || isCamera}
        onFile={props.onFile}
      />
    </>
  );
}

function Picker(props: {
  label: string;
  isPlain: boolean;
  isCamera?: boolean;
  onFile: (file: File) => void;
}) {
  return (
    <label class="btn" classList={{ plain: props.isPlain }}>
      <input
        type="file"
        class="seen-by-readers"
        accept="image/*"
        // The front camera mirrors what it shows.
        capture={props.isCamera === true ? 'environment' : undefined}
        onChange={(event) => {
          const input = event.currentTarget;
          const [file] = input.files ?? [];
          if (file !== undefined) props.onFile(file);
          // So that the same file can be chosen again.
          input.value = '';
        }}
      />
      {props.label}
    </label>
  );
}

function ByPhone(props: { isOn: boolean; onPress(isOn: boolean): void }) {
  return (
    <button
      type="button"
      class="btn plain"
      aria-expanded={props.isOn}
      onClick={() => props.onPress(!props.isOn)}
    >
      {props.isOn ? copy().byPhoneClose : copy().byPhone}
    </button>
  );
}

function Progress(props: { upload: Upload | undefined }) {
  const said = () => {
    const { upload } = props;
    if (upload?.stage === 'preparing') return copy().preparing;
    return upload?.stage === 'sending' ? copy().sending(Math.floor(upload.share * 100)) : undefined;
  };
  return (
    <Show when={said()}>
      <div class="tight">
        <progress value={props.upload?.share ?? 0} aria-label={said()} />
        <p class="soft">{said()}</p>
      </div>
    </Show>
  );
}

/** What may be wrong, for the person to judge. Nothing here stops anybody. */
function Doubts(props: { upload: Upload | undefined; isSelfie: boolean }) {
  const warnings = () => props.upload?.warnings ?? [];
  return (
    <div role="status" class="stack">
      <Show when={warnings().length > 0}>
        <Note tone="warn">
          <p>
            <b>{copy().warningsTitle}</b>
          </p>
          <ul>
            <For each={warnings()}>{(warning) => <li>{copy().warnings[warning]}</li>}</For>
          </ul>
        </Note>
      </Show>
      <Show when={props.isSelfie}>
        <Note tone="warn">
          <p>{copy().mirrored}</p>
        </Note>
      </Show>
    </div>
  );
}

/** A photo that can not be changed now. */
function Fixed(props: {
  name: string;
  photo: Parameters<typeof BigPicture>[0]['photo'] | null;
  isReturned: boolean;
}) {
  return (
    <Page title={props.name} backTo={reviewPath}>
      <Note>
        <p>{props.isReturned ? copy().fixed : copy().submitted}</p>
      </Note>
      <Show when={props.photo}>{(photo) => <BigPicture photo={photo()} label={props.name} />}</Show>
      <p>
        <A href={reviewPath}>{reviewCopy().title}</A>
      </p>
    </Page>
  );
}
