import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './identity.zh.ts';

export const en: Translated<typeof zh> = {
  name: 'Name',
  nameHint: 'In Chinese characters, as on the document. If it has a dot, use “Insert ·”.',
  anyNameHint:
    'As on the document: in Chinese characters, or in its Latin letters, family name first.',
  capitals: (name) => `Changed to capital letters: ${name}`,
  insertSeparator: 'Insert ·',
  insertSeparatorLabel: 'Insert the dot · into the name',
  charactersReplaced: (name) => `Look-alikes were changed to standard characters: ${name}`,
  separatorReplaced: (name) => `The dot was changed to ·: ${name}`,
  spacesRemoved: (name) => `Extra characters were removed: ${name}`,
  oneCharacter:
    'Only one character? If the document does say so, go on; if verification fails, you can ask for a review by our staff.',
  start: 'Valid from',
  startHint: 'See 有效期限 on the document. You can paste the whole line.',
  term: 'Valid for',
  longTermNote: 'Only for holders aged 46 or over at the date of issue',
  printed: 'The document should say ',
  printedAfter: '. Please compare.',
  printedInBooklets: (end) => `If yours is an older booklet that says ${end}, go on, too.`,
  unusualTerm:
    'This term is unusual for your age at the date of issue. If the document does say so, go on.',
};
