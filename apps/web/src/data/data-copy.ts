import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './data.zh.ts';

export const dataCopy = defineCopy(zh, () => import('./data.en.ts'));
