import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './case.zh.ts';

/** The words of the screen of a case. */
export const caseCopy = defineCopy(zh, () => import('./case.en.ts'));
