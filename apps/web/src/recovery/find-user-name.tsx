import { findCopy as copy, FindStep, findWayPath } from './find-shared.tsx';
import { Identify } from './identify.tsx';

/** S-USR-01: the real-name data of somebody who has forgotten by what they sign in. */
export function FindUserNamePage() {
  return (
    <Identify
      title={copy().title}
      lead={copy().lead}
      step={<FindStep of="identify" />}
      next={findWayPath}
    />
  );
}
