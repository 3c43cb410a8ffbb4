import { accept, refuse } from '../parsed.ts';
import type { NumberNotice, NumberRule } from './document.ts';

const long = /^(\p{Unified_Ideograph}{1,2}?)字第([A-Z\d]{4,8})号?$/u;
const short = /^([军士兵文武])([A-Z\d]{4,8})号?$/u;
const police = /^(\p{Unified_Ideograph}{1,29}[局厅部院狱队所处])(?:字第|第)?(\d{6,7})号?$/u;
const nothing = { birthDate: null, sex: null, region: null };

const completed = (compact: string, number: string): NumberNotice[] =>
  compact === number ? [] : ['form_completed'];

/**
 * 军官证, 士兵证 and what replaced them, kept as `军字第0000001号`. They have no check digit; lengths differ by year
 * (DOMAIN 14.1).
 *
 * @param isOf whether the character in front is one of this certificate
 */
export const militaryRule = (isOf: (unit: string) => boolean): NumberRule => ({
  form: long,
  read(compact) {
    const [, unit = '', digits = ''] = long.exec(compact) ?? short.exec(compact) ?? [];
    if (unit === '' || !isOf(unit)) return refuse('document_number.format');
    const number = `${unit}字第${digits}号`;
    return accept({ number, ...nothing }, completed(compact, number));
  },
});

/**
 * 人民警察证. Its six or seven digits repeat in every province, so that the number begins with the body that issued it,
 * `某市公安局000001` (DOMAIN 14.1).
 */
export const policeRule: NumberRule = {
  form: police,
  read(compact) {
    if (/^\d{6,7}$/.test(compact)) return refuse('document_number.issuer');
    const [, body, digits] = police.exec(compact) ?? [];
    if (body === undefined || digits === undefined) return refuse('document_number.format');
    const number = `${body}${digits}`;
    return accept({ number, ...nothing }, completed(compact, number));
  },
};
