import type { FaceAction } from '@shiming/domain';
import { createSignal, For, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import type { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatSpan } from '../copy/spans.ts';
import type { On } from '../form/refusals.ts';
import { usePortal } from '../portal.ts';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page, StepLine } from '../ui/page.tsx';
import { type CameraTrouble, closeCamera, hasCameras, NoCamera, openCamera } from './camera.ts';
import { zh } from './capture.zh.ts';
import type { Detector } from './detector.ts';
import { type Framing, framingOf, isDone, type Look } from './framing.ts';
import { base64Of, fit, glance, shoot, type Shot } from './shot.ts';

const copy = defineCopy(zh, () => import('./capture.en.ts'));

/** How often the device looks at the picture, and how often a screen reader hears something new. */
const lookEveryMs = 150;
const sayEveryMs = 2_500;
/** What is to be mended first is said of actions, too. */
const alwaysSaid: ReadonlySet<Framing> = new Set(['no_face', 'several_faces', 'dark']);

/** What is asked of the person, once, for a few minutes. */
export type FaceChallenge = Awaited<ReturnType<typeof api.face.begin.mutate>>;

type Live = {
  video: HTMLVideoElement;
  detector: Detector | undefined;
};

/**
 * Takes the pictures of a challenge: the face straight ahead, then each action. The pictures are in memory only, and go with
 * this component. The hints come from the device, and the shutter works without them.
 */
export function Capture(props: {
  challenge: FaceChallenge;
  submit(frames: string[]): Promise<unknown>;
  on: On;
  /** The time of the challenge is over. */
  onOver(): void;
  onStop(): void;
}) {
  const steps: readonly ('front' | FaceAction)[] = ['front', ...props.challenge.actions];
  const [shots, setShots] = createSignal<readonly Shot[]>([]);
  const at = () => shots().length;
  const step = () => steps[at()];
  const nameOf = (of: 'front' | FaceAction) => (of === 'front' ? copy().front : copy().actions[of]);
  const textOf = (of: 'front' | FaceAction) =>
    of === 'front' ? copy().frontText : copy().actionTexts[of];

  const [stream, setStream] = createSignal<MediaStream>();
  const [trouble, setTrouble] = createSignal<CameraTrouble>();
  const [isPaused, setPaused] = createSignal(false);
  const [isUnreadable, setUnreadable] = createSignal(false);
  const [hint, setHint] = createSignal<Framing>();
  const [said, setSaid] = createSignal('');

  let live: Live | undefined;
  let isGone = false;
  let before: Look | undefined;
  let last: Look | undefined;

  const announce = (what: string) => setSaid(what);
  const announceStep = () => {
    const now = step();
    if (now === undefined) return;
    announce(`${copy().atStep(at() + 1, steps.length, nameOf(now))}. ${textOf(now)}`);
  };

  let isShooting = false;
  const close = () => {
    // Nobody waits any longer for a picture of this camera.
    isShooting = false;
    closeCamera(stream());
    live?.detector?.end();
    live = undefined;
    setStream(undefined);
    setHint(undefined);
  };
  const open = async () => {
    setTrouble(undefined);
    setPaused(false);
    try {
      const opened = await openCamera();
      // Left meanwhile: nobody looks at it any more.
      if (isGone || document.hidden) return closeCamera(opened);
      for (const track of opened.getVideoTracks()) {
        track.addEventListener('ended', () => {
          close();
          setTrouble('unplugged');
        });
      }
      setStream(opened);
      announceStep();
    } catch (error) {
      setTrouble(error instanceof NoCamera ? error.trouble : 'busy');
    }
  };

  const keep = (shot: Shot) => {
    setUnreadable(false);
    setShots([...shots(), shot]);
    if (at() < steps.length) return announceStep();
    close();
    announce(copy().checkTitle);
  };
  const press = async () => {
    const { video } = live ?? {};
    if (video === undefined || isShooting || at() >= steps.length) return;
    isShooting = true;
    try {
      if (at() === 0) before = last;
      const shot = await shoot(video);
      if (shot !== undefined && live?.video === video) keep(shot);
    } finally {
      isShooting = false;
    }
  };
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      keep(await fit(file));
    } catch {
      setUnreadable(true);
    }
  };
  const retake = () => {
    setShots([]);
    send.forget();
    if (hasCameras() && trouble() === undefined) void open();
  };

  /** Looks again and again, each time at what the camera shows then. */
  const watch = async (of: Live) => {
    const { createDetector } = await import('./detector.ts');
    if (live !== of) return;
    const detector = createDetector();
    of.detector = detector;
    let seen: Framing | undefined;
    let saidAtMs = 0;
    const next = async (): Promise<void> => {
      const pixels = live === of ? glance(of.video) : undefined;
      if (pixels !== undefined) {
        const look = await detector.look(pixels);
        if (look === undefined || live !== of) return;
        last = look;
        const now = step();
        if (now !== undefined && now !== 'front' && before !== undefined) {
          if (isDone(now, look, before)) await press();
        }
        const framing = framingOf(look);
        // Seen twice: what changes with every picture is not said.
        if (framing === seen) {
          const shown = now === 'front' || alwaysSaid.has(framing) ? framing : undefined;
          const isNew = shown !== hint();
          setHint(shown);
          if (isNew && shown !== undefined && Date.now() - saidAtMs > sayEveryMs) {
            saidAtMs = Date.now();
            announce(copy().hints[shown]);
          }
        }
        seen = framing;
      }
      if (live === of) setTimeout(() => void next(), lookEveryMs);
    };
    void next();
  };
  const show = (video: HTMLVideoElement) => {
    const of: Live = { video, detector: undefined };
    live = of;
    video.srcObject = stream() ?? null;
    void video.play().catch(() => {});
    // Without the detector there are no hints.
    void watch(of).catch(() => {});
  };

  const pause = () => {
    if (!document.hidden || stream() === undefined) return;
    close();
    setPaused(true);
  };
  onMount(() => {
    document.addEventListener('visibilitychange', pause);
    addEventListener('pagehide', close);
    const restMs = props.challenge.expiresAtMs - serverNow();
    const over = setTimeout(() => props.onOver(), Math.max(0, restMs));
    onCleanup(() => clearTimeout(over));
    if (hasCameras()) void open();
    else setTrouble('unsupported');
  });
  onCleanup(() => {
    isGone = true;
    document.removeEventListener('visibilitychange', pause);
    removeEventListener('pagehide', close);
    close();
  });

  const send = createAction(
    async () => props.submit(await Promise.all(shots().map(base64Of))),
    props.on,
  );

  const title = () => {
    const now = step();
    return now === undefined ? copy().checkTitle : nameOf(now);
  };
  const lead = () => {
    const now = step();
    if (now === undefined) return copy().checkText;
    return trouble() === undefined ? textOf(now) : copy().fileText;
  };
  return (
    <Page
      title={title()}
      lead={lead()}
      step={
        <Show when={step()}>
          <StepLine flow={copy().flow} at={at() + 1} of={steps.length} />
        </Show>
      }
    >
      <p class="seen-by-readers" role="status">
        {said()}
      </p>
      <Switch>
        <Match when={at() === steps.length}>
          <>
            <div class="portraits">
              <For each={shots()}>
                {(shot, index) => {
                  const what = () => nameOf(steps[index()] ?? 'front');
                  return (
                    <figure>
                      <Picture shot={shot} label={copy().photoOf(what())} />
                      <figcaption class="soft">{what()}</figcaption>
                    </figure>
                  );
                }}
              </For>
            </div>
            <ActionFailure action={send} />
            <div class="row">
              <ActionButton action={send}>{copy().submit}</ActionButton>
              <button type="button" class="btn quiet" onClick={retake}>
                {copy().retake}
              </button>
            </div>
          </>
        </Match>
        <Match when={trouble()}>
          {(what) => (
            <>
              <div role="alert">
                <Note tone="warn">
                  <p>{copy().troubles[what()]}</p>
                  <Show when={/MicroMessenger/i.test(navigator.userAgent)}>
                    <p>{copy().inWeChat}</p>
                  </Show>
                </Note>
              </div>
              <Show when={isUnreadable()}>
                <div role="alert">
                  <Note tone="bad">{copy().unreadable}</Note>
                </div>
              </Show>
              <div class="row">
                <label class="btn">
                  <input
                    class="seen-by-readers"
                    type="file"
                    accept="image/*"
                    capture="user"
                    onChange={(event) => {
                      const [file] = event.currentTarget.files ?? [];
                      event.currentTarget.value = '';
                      void choose(file);
                    }}
                  />
                  {copy().byFile}
                </label>
                <Show when={what() !== 'unsupported'}>
                  <button type="button" class="btn quiet" onClick={() => void open()}>
                    {copy().again}
                  </button>
                </Show>
              </div>
            </>
          )}
        </Match>
        <Match when={isPaused()}>
          <Note>{copy().paused}</Note>
          <div class="row">
            <button type="button" class="btn" onClick={() => void open()}>
              {copy().goOn}
            </button>
          </div>
        </Match>
        <Match when={stream()}>
          <div class="finder">
            <video ref={show} playsinline muted aria-label={copy().picture} />
            <svg viewBox="0 0 300 400" aria-hidden="true" classList={{ fits: hint() === 'good' }}>
              <ellipse cx="150" cy="200" rx="92" ry="122" />
            </svg>
          </div>
          {/* A screen reader hears it less often. */}
          <p class="finder-hint" aria-hidden="true">
            {hint() === undefined ? '' : copy().hints[hint() ?? 'good']}
          </p>
          <div class="row">
            <button type="button" class="btn" onClick={() => void press()}>
              {copy().shoot}
            </button>
          </div>
        </Match>
        <Match when={true}>
          <p class="loading">{copy().starting}…</p>
        </Match>
      </Switch>
      <p class="soft">{copy().within(formatSpan(usePortal().face?.challengeMs ?? 0))}</p>
      <div class="row">
        <button type="button" class="btn plain" onClick={() => props.onStop()}>
          {copy().stop}
        </button>
      </div>
    </Page>
  );
}

/** A picture that was taken, as it is sent. */
function Picture(props: { shot: Shot; label: string }) {
  return (
    <div
      class="shot"
      role="img"
      aria-label={props.label}
      ref={(element) => element.append(props.shot.canvas)}
    />
  );
}
