import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './identity.zh.ts';

export const en: Translated<typeof zh> = {
  name: 'Name',
  nameHint: 'In Chinese characters, as on the document. If it has a dot, use “Insert ·”.',
  anyNameHint:
    'As on the document: in Chinese characters, or in its Latin letters, family name first.',
  capitals: (name) => `We changed it to capital letters: ${name}`,
  insertSeparator: 'Insert ·',
  insertSeparatorLabel: 'Insert · into the name',
  charactersReplaced: (name) => `We replaced look-alike characters with standard ones: ${name}`,
  separatorReplaced: (name) => `We changed the dot to ·: ${name}`,
  spacesRemoved: (name) => `We removed extra characters: ${name}`,
  oneCharacter:
    'You entered only one character. If that is what the document says, continue. If verification fails, you can ask our staff for a review.',
  start: 'Valid from',
  startHint: 'See 有效期限 on the document. You can paste the whole line.',
  term: 'Valid for',
  longTermNote: 'Only for holders aged 46 or over at the date of issue',
  printed: 'The document should say ',
  printedAfter: '. Please check.',
  printedInBooklets: (end) =>
    `If you have an older booklet that says ${end}, you can also continue.`,
  unusualTerm:
    'This term is unusual for your age at the date of issue. If that is what the document says, continue.',
};
