import { stepLine } from '@shiming/domain';
import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { StepLine } from '../ui/page.tsx';
import { zh } from './find-user-name.zh.ts';

/** The words of the pages that find a user name. */
export const findCopy = defineCopy(zh, () => import('./find-user-name.en.ts'));

export const findPath = '/user-name';
/** The start, where it is said that what was begun has expired. */
export const findEndedPath = `${findPath}?ended`;
export const findWayPath = `${findPath}/way`;

export function FindStep(props: { of: 'identify' | 'proof' }) {
  return (
    <Show when={usePortal().flows.find_user_name}>
      {(flow) => <StepLine flow={findCopy().flow} {...stepLine(flow(), props.of)} />}
    </Show>
  );
}
