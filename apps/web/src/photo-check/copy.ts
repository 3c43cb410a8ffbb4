import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './photo-check.zh.ts';

export const photoCheckCopy = defineCopy(zh, () => import('./photo-check.en.ts'));
