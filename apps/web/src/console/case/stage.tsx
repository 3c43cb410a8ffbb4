import { type PhotoMark, type PhotoSide, photoSides } from '@shiming/domain';
import { createEffect, createSignal, For, onCleanup, Show } from 'solid-js';
import { type KeyBinding, useKeys } from '../keys.ts';
import type { CaseView } from './ahead.ts';
import { caseCopy as copy } from './case-copy.ts';
import type { Desk } from './desk.ts';
import { marked, marksOn, markToEdit } from './draft.ts';
import { PhotoPane } from './photo-pane.tsx';
import { middleMark, movedMark, resizedMark, turnedBy, type Turns } from './regions.ts';
import { zoomTogether } from './zoom.ts';

/** How far an arrow moves a region, as a fraction of the photo. */
const step = 0.02;

const digits: Record<PhotoSide, string> = { a: '1', b: '2', holding: '3' };

/** Which photos are looked at: one, or a face of the document beside the person holding it. */
export function useStage() {
  const [side, setSide] = createSignal<PhotoSide>('a');
  const [face, setFace] = createSignal<'a' | 'b'>('a');
  const [isBeside, setBeside] = createSignal(matchMedia('(min-width: 80rem)').matches);
  const [turns, setTurns] = createSignal<Partial<Record<PhotoSide, Turns>>>({});
  const [isDrawing, setDrawing] = createSignal(false);
  return {
    side,
    choose(next: PhotoSide) {
      setSide(next);
      if (next !== 'holding') setFace(next);
    },
    shown: (): readonly PhotoSide[] => (isBeside() ? [face(), 'holding'] : [side()]),
    isBeside,
    toggleBeside: () => setBeside((is) => !is),
    turnsOf: (of: PhotoSide): Turns => turns()[of] ?? 0,
    turn: (quarters: 1 | -1) =>
      setTurns((before) => ({ ...before, [side()]: turnedBy(before[side()] ?? 0, quarters) })),
    isDrawing,
    setDrawing,
  };
}

export type StageState = ReturnType<typeof useStage>;

/** A key that goes on while it is held. */
const repeated = (key: string, label: string, run: () => void): KeyBinding => ({
  key,
  label,
  run,
  repeats: true,
});

/** The photos, on dark: what is done by pointer is done by keys as well. */
export function PhotoStage(props: {
  view: CaseView;
  desk: Desk;
  stage: StageState;
  watermark: string;
}) {
  const stage = () => props.stage;
  const zoom = zoomTogether();
  let root: HTMLElement | undefined;
  createEffect(() => zoom.setMovable(!stage().isDrawing()));
  // Another photo is seen whole at first.
  createEffect(() => {
    stage().shown();
    zoom.reset();
  });

  createEffect(() => {
    if (props.desk.revealed() === null) return;
    for (const side of stage().shown()) {
      if (props.desk.file()?.photos.of(side)) props.desk.see(side);
    }
  });

  const draft = () => props.desk.draft();
  const mark = () => markToEdit(draft(), stage().side());
  const put = (next: PhotoMark | null) => props.desk.change(marked(draft(), stage().side(), next));
  const draw = () => {
    if (props.desk.revealed() === null) return;
    stage().setDrawing(true);
    if (mark() === null) put(middleMark);
  };
  const change = (
    how: (mark: PhotoMark, by: { x: number; y: number }, turns: Turns) => PhotoMark,
    x: number,
    y: number,
  ) =>
    put(how(mark() ?? middleMark, { x: x * step, y: y * step }, stage().turnsOf(stage().side())));
  const fullScreen = () => {
    if (document.fullscreenElement !== null) return void document.exitFullscreen();
    // Safari on iPhones has none.
    return void root?.requestFullscreen?.().catch(() => {});
  };

  useKeys({
    title: () => copy().keysPhotos,
    keys: () => [
      ...photoSides.map((side) => ({
        key: digits[side],
        label: copy().photo[side],
        run: () => stage().choose(side),
      })),
      { key: 's', label: copy().beside, run: () => stage().toggleBeside() },
      repeated('+', copy().zoomIn, zoom.zoomIn),
      repeated('=', copy().zoomIn, zoom.zoomIn),
      repeated('-', copy().zoomOut, zoom.zoomOut),
      { key: '0', label: copy().fit, run: zoom.reset },
      { key: '[', label: copy().turnLeft, run: () => stage().turn(-1) },
      { key: ']', label: copy().turnRight, run: () => stage().turn(1) },
      repeated('ArrowLeft', copy().panLeft, () => zoom.pan(-1, 0)),
      repeated('ArrowRight', copy().panRight, () => zoom.pan(1, 0)),
      repeated('ArrowUp', copy().panUp, () => zoom.pan(0, -1)),
      repeated('ArrowDown', copy().panDown, () => zoom.pan(0, 1)),
      { key: 'f', label: copy().fullScreen, run: fullScreen },
      { key: 'r', label: copy().drawRegion, run: draw },
    ],
  });
  useKeys({
    title: () => copy().keysRegion,
    keys: () =>
      stage().isDrawing()
        ? [
            repeated('ArrowLeft', copy().regionLeft, () => change(movedMark, -1, 0)),
            repeated('ArrowRight', copy().regionRight, () => change(movedMark, 1, 0)),
            repeated('ArrowUp', copy().regionUp, () => change(movedMark, 0, -1)),
            repeated('ArrowDown', copy().regionDown, () => change(movedMark, 0, 1)),
            repeated('[', copy().narrower, () => change(resizedMark, -1, 0)),
            repeated(']', copy().wider, () => change(resizedMark, 1, 0)),
            repeated('-', copy().lower, () => change(resizedMark, 0, -1)),
            repeated('+', copy().higher, () => change(resizedMark, 0, 1)),
            repeated('=', copy().higher, () => change(resizedMark, 0, 1)),
            { key: 'Enter', label: copy().regionDone, run: () => stage().setDrawing(false) },
            { key: 'r', label: copy().regionDone, run: () => stage().setDrawing(false) },
            { key: 'Escape', label: copy().regionDone, run: () => stage().setDrawing(false) },
            {
              key: 'Backspace',
              label: copy().regionRemove,
              run: () => {
                put(null);
                stage().setDrawing(false);
              },
            },
          ]
        : [],
  });

  return (
    <section class="stage" aria-label={copy().photos} ref={(element) => (root = element)}>
      <div class="photos" classList={{ beside: stage().isBeside() }}>
        <For each={stage().shown()}>
          {(side) => {
            const meta = () => props.view.photos[side];
            const bitmap = () => props.view.photos[side] && props.desk.file()?.photos.of(side);
            let remove: (() => void) | undefined;
            onCleanup(() => remove?.());
            return (
              <PhotoPane
                caption={
                  <>
                    <kbd aria-hidden="true">{digits[side]}</kbd>
                    {copy().photo[side]}
                  </>
                }
                label={copy().photo[side]}
                bitmap={bitmap()}
                orientation={meta()?.orientation ?? 1}
                turns={stage().turnsOf(side)}
                isCovered={props.desk.revealed() === null}
                isActive={stage().isBeside() && stage().side() === side}
                watermark={props.watermark}
                marks={marksOn(draft(), side)}
                isMarking={stage().isDrawing()}
                onActivate={() => stage().choose(side)}
                onMark={(drawn) => props.desk.change(marked(draft(), side, drawn))}
                onSheet={(sheet) => (remove = zoom.add(sheet))}
                fallback={<Instead desk={props.desk} side={side} bitmap={bitmap()} />}
              />
            );
          }}
        </For>
      </div>
      <p class="drawing" role="status">
        {stage().isDrawing() ? copy().drawing : ''}
      </p>
      <Tools
        stage={stage()}
        onZoomIn={zoom.zoomIn}
        onZoomOut={zoom.zoomOut}
        onFit={zoom.reset}
        onFullScreen={fullScreen}
        onDraw={() => (stage().isDrawing() ? stage().setDrawing(false) : draw())}
      />
    </section>
  );
}

/** What stands where a photo is not. */
function Instead(props: { desk: Desk; side: PhotoSide; bitmap: ImageBitmap | null | undefined }) {
  return (
    <Show
      when={props.desk.revealed() !== null}
      fallback={
        <button type="button" class="cover" onClick={() => void props.desk.reveal()}>
          <b>
            {copy().covered}
            <kbd aria-hidden="true">V</kbd>
          </b>
          <span>{copy().coveredHow}</span>
        </button>
      }
    >
      <Show when={props.bitmap === null} fallback={<p role="status">{copy().loadingPhoto}…</p>}>
        <p>{copy().noPhoto}</p>
        <button
          type="button"
          class="btn"
          onClick={() => void props.desk.file()?.photos.retry(props.side)}
        >
          {copy().retry}
        </button>
      </Show>
    </Show>
  );
}

function Tools(props: {
  stage: StageState;
  onZoomIn(): void;
  onZoomOut(): void;
  onFit(): void;
  onFullScreen(): void;
  onDraw(): void;
}) {
  return (
    <div class="tools-row" role="group" aria-label={copy().photos}>
      <span class="set">
        <For each={photoSides}>
          {(side) => (
            <button
              type="button"
              aria-pressed={props.stage.side() === side}
              onClick={() => props.stage.choose(side)}
            >
              <kbd aria-hidden="true">{digits[side]}</kbd>
              {copy().sides[side]}
            </button>
          )}
        </For>
      </span>
      <button
        type="button"
        aria-pressed={props.stage.isBeside()}
        onClick={() => props.stage.toggleBeside()}
      >
        <kbd aria-hidden="true">S</kbd>
        {copy().beside}
      </button>
      <span class="set">
        <button type="button" onClick={() => props.stage.turn(-1)}>
          <kbd aria-hidden="true">[</kbd>
          <span class="seen-by-readers">{copy().turnLeft}</span>
        </button>
        <button type="button" onClick={() => props.stage.turn(1)}>
          <kbd aria-hidden="true">]</kbd>
          <span class="seen-by-readers">{copy().turnRight}</span>
        </button>
        <span aria-hidden="true">{copy().rotate}</span>
      </span>
      <span class="set">
        <button type="button" onClick={() => props.onZoomIn()}>
          <kbd aria-hidden="true">+</kbd>
          <span class="seen-by-readers">{copy().zoomIn}</span>
        </button>
        <button type="button" onClick={() => props.onZoomOut()}>
          <kbd aria-hidden="true">-</kbd>
          <span class="seen-by-readers">{copy().zoomOut}</span>
        </button>
        <button type="button" onClick={() => props.onFit()}>
          <kbd aria-hidden="true">0</kbd>
          <span class="seen-by-readers">{copy().fit}</span>
        </button>
        <span aria-hidden="true">{copy().zoom}</span>
      </span>
      <button type="button" onClick={() => props.onFullScreen()}>
        <kbd aria-hidden="true">F</kbd>
        {copy().fullScreen}
      </button>
      <button type="button" aria-pressed={props.stage.isDrawing()} onClick={() => props.onDraw()}>
        <kbd aria-hidden="true">R</kbd>
        {copy().drawRegion}
      </button>
    </div>
  );
}
