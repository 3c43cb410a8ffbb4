import { type StepId, stepLine } from '@shiming/domain';
import { usePortal } from '../portal.ts';
import { A, useNavigate } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import type { On } from '../form/refusals.ts';
import { StepLine } from '../ui/page.tsx';
import { hold, isCookieKept } from './held.ts';
import { zh } from './recovery.zh.ts';
import { NewTab } from '../ui/blocks.tsx';

/** The words of all pages of a reset. */
export const recoveryCopy = defineCopy(zh, () => import('./recovery.en.ts'));

/** Whether a reset begins with the contact by which somebody signs in. */
export const isByUserName = (): boolean => usePortal().flows.recover.steps[0] === 'user_name';

export const startPath = '/recovery';
/** The start, where it is said that the reset has expired. */
export const endedPath = '/recovery?ended';
/** The ways there are to prove who one is. */
export const wayPath = '/recovery/way';
export const bySmsPath = '/recovery/code';
export const donePath = '/recovery/done';

/** What refusals do in a reset that is on its way. */
export function useRecovery(ended = endedPath) {
  const navigate = useNavigate();
  return {
    'recovery.not_started'() {
      // What was begun a moment ago is not there: the browser did not keep its cookie.
      if (!isCookieKept()) return { code: 'cookies.blocked' };
      hold(undefined);
      return navigate(ended, { replace: true });
    },
  } as const satisfies On;
}

export function RecoveryStep(props: { of: StepId }) {
  const line = () => stepLine(usePortal().flows.recover, props.of);
  return <StepLine flow={recoveryCopy().flow} {...line()} />;
}

/** The other way, for a person who is already known. */
export function OtherWay() {
  return (
    <A class="alone" href={wayPath}>
      {recoveryCopy().lostMobile}
    </A>
  );
}

/** In a window of its own: what has been typed stays. */
export function LostMobile() {
  return (
    <p>
      <NewTab class="alone" href="/help#recovery">
        {recoveryCopy().lostMobile}
      </NewTab>
    </p>
  );
}
