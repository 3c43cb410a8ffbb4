import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './sign-in.zh.ts';

/** The words of everything that proves who a member of staff is. */
export const signInCopy = defineCopy(zh, () => import('./sign-in.en.ts'));
