import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './ticket.zh.ts';

export const ticketCopy = defineCopy(zh, () => import('./ticket.en.ts'));
