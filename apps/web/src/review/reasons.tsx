import type { CaseReason, PhotoSide } from '@shiming/domain';
import { type JSX, Show } from 'solid-js';
import { ReasonList } from '../shared/reasons.tsx';
import { reviewCopy } from './copy.ts';
import { BigPicture } from './photo/picture.tsx';
import { type Photo, photoAddress } from './view.ts';

export { ReasonLine } from '../shared/reasons.tsx';

/** The reasons of a decision, with the photos that they are about. */
export function Reasons(props: {
  reasons: readonly CaseReason[];
  photos: Readonly<Record<PhotoSide, Photo | null>> | undefined;
  action?: (item: CaseReason['item']) => JSX.Element;
}) {
  return (
    <ReasonList
      reasons={props.reasons}
      action={props.action}
      picture={(side, marks) => (
        <Show when={props.photos?.[side]}>
          {(photo) => (
            <BigPicture
              photo={{ ...photo(), address: photoAddress(photo()) }}
              label={reviewCopy().tasks[side]}
              marks={marks}
            />
          )}
        </Show>
      )}
    />
  );
}
