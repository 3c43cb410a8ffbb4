import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './tasks.zh.ts';

export const tasksCopy = defineCopy(zh, () => import('./tasks.en.ts'));
