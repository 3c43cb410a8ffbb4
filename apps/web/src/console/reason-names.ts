import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './reason-names.zh.ts';

/** Short names of the coded reasons, for lists and tables. What the applicant reads is longer. */
export const reasonNames = defineCopy(zh, () => import('./reason-names.en.ts'));
