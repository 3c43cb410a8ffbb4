import { onEach } from '../form/refusals.ts';
import { page } from '../lazy-page.ts';

/** Few people have to do with it: it comes when it is needed. */
export const GuardianCodeField = page(() => import('./code-field.tsx'), 'GuardianCodeField');

type Refusal = { code: 'guardian.required' | 'guardian.code_refused' };

/** The refusals that belong to the field of the guardian's code. */
export const onGuardian = <const E>(handler: (refusal: Refusal) => E) =>
  onEach(['guardian.required', 'guardian.code_refused'], handler);
