import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './records.zh.ts';

export const recordsCopy = defineCopy(zh, () => import('./records.en.ts'));
