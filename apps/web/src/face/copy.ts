import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './face.zh.ts';

/** The words of the page before the camera. */
export const faceCopy = defineCopy(zh, () => import('./face.en.ts'));
