import type { PhotoMark } from '@shiming/domain';
import { For } from 'solid-js';

/** What a reviewer has marked on a photo. White beneath, so that it is seen on whatever the photo shows. */
export function Mark(props: {
  mark: PhotoMark;
  /** The size of the photo. */
  width: number;
  height: number;
  isActive?: boolean;
}) {
  return (
    <For each={['under', props.isActive === true ? 'active' : '']}>
      {(kind) => (
        <rect
          class={`region ${kind}`}
          x={props.mark.x * props.width}
          y={props.mark.y * props.height}
          width={props.mark.width * props.width}
          height={props.mark.height * props.height}
        />
      )}
    </For>
  );
}
