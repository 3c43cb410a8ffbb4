import { page } from '../lazy-page.ts';

/** Few people have to do with it: it comes when it is needed. */
export const GuardianCodeField = page(() => import('./code-field.tsx'), 'GuardianCodeField');

/** The refusals that belong to the field of the guardian's code. */
export const isAboutGuardian = (code: string | undefined): boolean =>
  code === 'guardian.required' || code === 'guardian.code_refused';
