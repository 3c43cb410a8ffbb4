import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './organisation.zh.ts';

/** The words of the pages of organisations. */
export const organisationCopy = defineCopy(zh, () => import('./organisation.en.ts'));
