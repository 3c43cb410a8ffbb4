import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './by-mail.zh.ts';

/** The words of the pages about ways and mail. */
export const mailCopy = defineCopy(zh, () => import('./by-mail.en.ts'));
