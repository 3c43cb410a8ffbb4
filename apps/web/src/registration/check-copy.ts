import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './check.zh.ts';

/** The words of the last step and of what comes of it. */
export const checkCopy = defineCopy(zh, () => import('./check.en.ts'));
