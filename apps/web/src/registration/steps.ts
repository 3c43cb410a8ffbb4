import { nextStep, pathOf, type StepId, steps } from '@shiming/domain';
import type { api } from '../api.ts';
import { usePortal } from '../portal.ts';

/** A registration on its way, as each of its steps answers it. */
export type Registration = NonNullable<Awaited<ReturnType<typeof api.registration.current.query>>>;

export const startPath = '/register';
export const donePath = '/register/done';
export const activationPath = '/register/activation';

/** The address of a step's page. */
export const pathTo = (step: StepId): string => pathOf(usePortal().flows.register, step);

/** The step with which the portal's registration begins. */
export const firstStep = (): StepId => nextStep(usePortal().flows.register, []);

/** Where the button back leads from a step: to the check of all answers, if the person came from there, else to the step before. */
export function backFrom(step: StepId, back: unknown): string {
  if (back === 'check') return pathTo('check');
  const { steps: ofFlow } = usePortal().flows.register;
  // A code that was right is not entered again.
  const before = ofFlow.slice(0, ofFlow.indexOf(step)).findLast((each) => !steps[each].isOnce);
  return before === undefined ? '/' : pathTo(before);
}
