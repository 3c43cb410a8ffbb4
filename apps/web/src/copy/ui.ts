import { defineCopy } from './define-copy.ts';
import { zh } from './ui.zh.ts';

/** The words of the frame and of the shared components. */
export const ui = defineCopy(zh, () => import('./ui.en.ts'));
