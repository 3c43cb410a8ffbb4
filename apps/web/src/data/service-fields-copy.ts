import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './service-fields.zh.ts';

export const serviceFieldsCopy = defineCopy(zh, () => import('./service-fields.en.ts'));
