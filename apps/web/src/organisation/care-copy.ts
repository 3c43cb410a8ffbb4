import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './care.zh.ts';

/** The words of what an organisation does with its account once it is signed in. */
export const careCopy = defineCopy(zh, () => import('./care.en.ts'));
