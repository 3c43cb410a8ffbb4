import { defineCopy } from './define-copy.ts';
import { zh } from './password.zh.ts';

/** The words of the field of a password, and of the rules of a new one. */
export const passwordCopy = defineCopy(zh, () => import('./password.en.ts'));
