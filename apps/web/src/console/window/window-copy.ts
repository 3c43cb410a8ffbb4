import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from './window.zh.ts';

export const windowCopy = defineCopy(zh, () => import('./window.en.ts'));
