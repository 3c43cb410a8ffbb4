import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './number.zh.ts';

/** The words that ask for the number of a document. */
export const numberCopy = defineCopy(zh, () => import('./number.en.ts'));
