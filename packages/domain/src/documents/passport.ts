import { accept, refuse, type Parsed } from '../parsed.ts';
import { pastDate } from './citizen-number.ts';
import type { DocumentNumber, NumberNotice, NumberRule } from './document.ts';
import { icaoCheck } from './icao.ts';

// Of China with 香港 and 澳门; the numbers of other states have no form that could be recognised (DOMAIN 14.1).
const chinese =
  /^(?:E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|1[45]\d{7}|[DSP]\d{7,8}|[DSP]E\d{7}|[HK]\d{8}|[HK]J\d{7}|MA\d{7})$/;
const anyState = /^[A-Z\d]{5,17}$/;
/** The second line of what machines read: number, state, birth, sex, end, the state's own, each with its check digit. */
const machineLine =
  /^([A-Z\d<]{9})(\d)[A-Z<]{3}(\d{6})(\d)([MF<])(\d{6})(\d)([A-Z\d<]{14})([\d<])(\d)$/;

function readMachineLine(line: string, today: string): Parsed<Omit<DocumentNumber, 'type'>> {
  const [, padded = '', ofNumber, birth = '', ofBirth, sex, end = '', ofEnd, own = '', ofOwn, all] =
    machineLine.exec(line) ?? [];
  const number = padded.replace(/<+$/, '');
  if (!anyState.test(number)) return refuse('document_number.format');
  const checked = [
    [padded, ofNumber],
    [birth, ofBirth],
    [end, ofEnd],
    // An empty part has `<` or 0 for its check digit.
    [own, ofOwn === '<' ? '0' : ofOwn],
    [line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 43), all],
  ] as const;
  if (checked.some(([text, digit]) => icaoCheck(text) !== digit)) {
    return refuse('document_number.check_digit');
  }
  const birthDate = pastDate(`20${birth}`, today) ?? pastDate(`19${birth}`, today);
  if (birthDate === null) return refuse('document_number.birth_date');
  const says = sex === 'M' ? 'male' : sex === 'F' ? 'female' : null;
  return accept({ number, birthDate, sex: says, region: null });
}

function read(compact: string, today: string): Parsed<Omit<DocumentNumber, 'type'>, NumberNotice> {
  if (compact.length === 44) return readMachineLine(compact, today);
  const nine = compact.slice(0, 9);
  // Copied from the line for machines, it comes with its check digit.
  const hasCheck = compact.length === 10 && chinese.test(nine) && icaoCheck(nine) === compact[9];
  const number = hasCheck ? nine : compact;
  return anyState.test(number)
    ? accept(
        { number, birthDate: null, sex: null, region: null },
        hasCheck ? ['check_digit_dropped'] : [],
      )
    : refuse('document_number.format');
}

/** 护照: the number, or the whole second line for machines, of which the check digits are judged. Source: ICAO 9303. */
export const passportRule: NumberRule = {
  form: chinese,
  read,
};
