import type { PhotoMark } from '@shiming/domain';
import { createEffect, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Mark } from '../../shared/photo-mark.tsx';
import {
  isOrientation,
  type Orientation,
  turned,
  uprightMatrix,
  uprightSize,
} from '../../shared/orientation.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { markBetween, type Point, type Turns } from './regions.ts';

type PaneProps = {
  /** What the photo is of, with its key. */
  caption: JSX.Element;
  label: string;
  /** `undefined` while it is on its way, `null` when it did not come. */
  bitmap: ImageBitmap | null | undefined;
  orientation: number;
  turns: Turns;
  /** What stands in place of a photo that is not shown. */
  fallback: JSX.Element;
  isCovered: boolean;
  isActive: boolean;
  watermark: string;
  marks: readonly { mark: PhotoMark; isActive: boolean }[];
  /** Whether pointing draws a region instead of moving the photo. */
  isMarking: boolean;
  onMark(mark: PhotoMark): void;
  onActivate(): void;
  /** The element that zooming and moving is done with. */
  onSheet(sheet: HTMLElement): void;
};

const turnedTimes = (orientation: Orientation, turns: Turns): Orientation => {
  let result = orientation;
  for (let times = 0; times < turns; times++) result = turned(result);
  return result;
};

/** Across the photo, faint enough to read what is beneath: a picture of the screen shows it too. */
function drawWatermark(context: CanvasRenderingContext2D, text: string): void {
  const { width, height } = context.canvas;
  const size = Math.max(14, Math.round(Math.max(width, height) / 42));
  context.resetTransform();
  context.translate(width / 2, height / 2);
  context.rotate(-Math.PI / 8);
  context.font = `600 ${size}px sans-serif`;
  context.textAlign = 'center';
  context.fillStyle = 'rgb(255 255 255 / 0.24)';
  context.strokeStyle = 'rgb(0 0 0 / 0.12)';
  context.lineWidth = size / 12;
  const [across, down] = [context.measureText(text).width + size * 4, size * 9];
  const reach = Math.hypot(width, height) / 2;
  for (let row = -Math.ceil(reach / down); row * down < reach; row++) {
    for (let column = -Math.ceil(reach / across); column * across < reach; column++) {
      const x = (column + (row % 2 === 0 ? 0 : 0.5)) * across;
      context.strokeText(text, x, row * down);
      context.fillText(text, x, row * down);
    }
  }
}

/** One photo of the stage, upright and then as the reviewer turned it, under the watermark. */
export function PhotoPane(props: PaneProps) {
  let canvas: HTMLCanvasElement | undefined;
  let face: SVGRectElement | undefined;
  const stored = (): Orientation => (isOrientation(props.orientation) ? props.orientation : 1);
  const shown = () => (props.isCovered ? undefined : (props.bitmap ?? undefined));
  const upright = () => uprightSize(stored(), shown() ?? { width: 4, height: 3 });
  const seen = () =>
    uprightSize(turnedTimes(1, props.turns), { width: upright().width, height: upright().height });

  createEffect(
    on(
      () => [shown(), stored(), props.turns, props.watermark] as const,
      ([bitmap, orientation, turns, watermark]) => {
        const context = canvas?.getContext('2d');
        if (!canvas || !context || bitmap === undefined) return;
        const now = turnedTimes(orientation, turns);
        const size = uprightSize(now, bitmap);
        canvas.width = size.width;
        canvas.height = size.height;
        context.setTransform(...uprightMatrix(now, bitmap));
        context.drawImage(bitmap, 0, 0);
        drawWatermark(context, watermark);
      },
    ),
  );

  const pointOf = ({ clientX, clientY }: PointerEvent): Point | null => {
    const box = face?.getBoundingClientRect();
    if (box === undefined || box.width === 0 || box.height === 0) return null;
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  let from: Point | null = null;
  const draw = (event: PointerEvent) => {
    const to = pointOf(event);
    if (from !== null && to !== null) props.onMark(markBetween(from, to, props.turns));
  };

  return (
    <div
      class="pane"
      classList={{ active: props.isActive, marking: props.isMarking }}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        props.onActivate();
        if (!props.isMarking || shown() === undefined) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from = pointOf(event);
      }}
      onPointerMove={draw}
      onPointerUp={(event) => {
        draw(event);
        from = null;
      }}
      onPointerCancel={() => (from = null)}
    >
      <Sheet onSheet={(element) => props.onSheet(element)}>
        <canvas
          ref={(element) => (canvas = element)}
          role="img"
          aria-label={props.label}
          hidden={shown() === undefined}
        />
        <svg
          viewBox={`0 0 ${seen().width} ${seen().height}`}
          aria-hidden="true"
          class="regions"
          classList={{ gone: shown() === undefined }}
        >
          <g
            transform={`matrix(${uprightMatrix(turnedTimes(1, props.turns), upright()).join(' ')})`}
          >
            <rect
              ref={(element) => (face = element)}
              width={upright().width}
              height={upright().height}
              fill="none"
            />
            <For each={props.marks}>
              {({ mark, isActive }) => (
                <Mark
                  mark={mark}
                  isActive={isActive}
                  width={upright().width}
                  height={upright().height}
                />
              )}
            </For>
          </g>
        </svg>
      </Sheet>
      <Show when={shown() === undefined}>
        <div class="instead">{props.fallback}</div>
      </Show>
      <span class="caption">{props.caption}</span>
      <span class="watermark">
        <Foreign>{props.watermark}</Foreign>
      </span>
    </div>
  );
}

/** What is zoomed and moved: given away once it is in the document, as the zoom asks for. */
function Sheet(props: { onSheet(sheet: HTMLElement): void; children: JSX.Element }) {
  let sheet: HTMLElement | undefined;
  onMount(() => {
    // Parents are attached after their children are mounted.
    const frame = requestAnimationFrame(() => {
      if (sheet?.isConnected) props.onSheet(sheet);
    });
    onCleanup(() => cancelAnimationFrame(frame));
  });
  return (
    <div class="sheet" ref={(element) => (sheet = element)}>
      {props.children}
    </div>
  );
}
