import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './help-desk.zh.ts';

/** The words of the help desk. */
export const helpDeskCopy = defineCopy(zh, () => import('./help-desk.en.ts'));
