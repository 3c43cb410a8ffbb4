import type { PhotoMark } from '@shiming/domain';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { Mark } from '../../shared/photo-mark.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { reviewCopy as copy } from '../copy.ts';
import { isOrientation, uprightMatrix, uprightSize } from '../../shared/orientation.ts';

export type Shown = { address: string; width: number; height: number; orientation: number };

type PictureProps = {
  photo: Shown;
  /** What the photo is of. */
  label: string;
  marks?: readonly PhotoMark[];
};

/** A photo of one's own, upright, with the regions that a reviewer marked. */
export function Picture(props: PictureProps) {
  const [isGone, setGone] = createSignal(false);
  const orientation = () => (isOrientation(props.photo.orientation) ? props.photo.orientation : 1);
  const upright = () => uprightSize(orientation(), props.photo);
  const label = () =>
    props.marks && props.marks.length > 0 ? copy().pictureMarked(props.label) : props.label;
  return (
    <Show when={!isGone()} fallback={<p class="soft">{copy().pictureGone}</p>}>
      <svg viewBox={`0 0 ${upright().width} ${upright().height}`} role="img" aria-label={label()}>
        <image
          href={props.photo.address}
          width={props.photo.width}
          height={props.photo.height}
          transform={`matrix(${uprightMatrix(orientation(), props.photo).join(' ')})`}
          onError={() => setGone(true)}
        />
        <For each={props.marks}>
          {(mark) => <Mark mark={mark} width={upright().width} height={upright().height} />}
        </For>
      </svg>
    </Show>
  );
}

/** A photo with a button that shows it in its own size, to be moved about in. */
export function BigPicture(props: PictureProps & { action?: JSX.Element }) {
  const [isBig, setBig] = createSignal(false);
  return (
    <div class="photo">
      <Picture {...props} />
      <button
        type="button"
        class="link"
        aria-label={copy().enlargeLabel(props.label)}
        onClick={() => setBig(true)}
      >
        {copy().enlarge}
      </button>
      {props.action}
      <Show when={isBig()}>
        <Dialog title={props.label} onCancel={() => setBig(false)} isForReading>
          <div class="scroll original" tabindex="0" role="group" aria-label={props.label}>
            <Picture {...props} />
          </div>
          <div class="row">
            <button type="button" class="btn" onClick={() => setBig(false)}>
              {copy().close}
            </button>
          </div>
        </Dialog>
      </Show>
    </div>
  );
}
