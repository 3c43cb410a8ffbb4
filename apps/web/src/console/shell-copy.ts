import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './shell.zh.ts';

/** The words of the console's frame. */
export const shellCopy = defineCopy(zh, () => import('./shell.en.ts'));
