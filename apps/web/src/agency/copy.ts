import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './first-sign-in.zh.ts';

/** The words of both steps of the first sign-in. */
export const firstSignInCopy = defineCopy(zh, () => import('./first-sign-in.en.ts'));
