import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './contact-fields.zh.ts';

/** The words about the contact person of an organisation. */
export const contactCopy = defineCopy(zh, () => import('./contact-fields.en.ts'));
