import { defineCopy } from '../../copy/define-copy.ts';
import { zh } from '../../copy/action-names.zh.ts';

/** What the codes of the audit mean. */
export const auditWords = defineCopy(zh, () => import('../../copy/action-names.en.ts'));

const inWords = (table: Readonly<Record<string, string>>, code: string): string =>
  table[code] ?? code;

/** What was done, in words; a code that has none is shown as it is. */
export const actionInWords = (action: string): string => inWords(auditWords().actions, action);

/** A fact of a record in words, 「角色：审核员」; `nameOf` knows the members of staff by their ids. */
export function factInWords(
  [name, value]: readonly [string, string | number | boolean | null],
  nameOf: (staffId: string) => string | undefined,
): string {
  const text = String(value);
  const said =
    name === 'staffId'
      ? (nameOf(text) ?? text)
      : name === 'action'
        ? actionInWords(text)
        : inWords(auditWords().values, text);
  return auditWords().fact(inWords(auditWords().facts, name), said);
}
