import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './staff.zh.ts';

/** The words of the pages about staff. */
export const staffCopy = defineCopy(zh, () => import('./staff.en.ts'));
