import type { Bilingual, Portal } from '@shiming/domain';
import { language } from './copy/language.ts';

/** A portal as its document says it: with the path below which it stands, which is empty for the first of the operator. */
export type DocumentPortal = Portal & { prefix: string };

const said = document.getElementById('portal')?.textContent ?? '';
const portal = JSON.parse(said) as DocumentPortal;

/** The portal that this document is of. */
export const usePortal = (): DocumentPortal => portal;

/** The address of a path of this portal, where the router does not make it: of a request, a new page or a new window. */
export const addressOf = (path: string): string => portal.prefix + path;

/** Whether people sign in at this portal with the number of their document. */
export const signsInByNumber = (): boolean => portal.signInWith.includes('document_number');

/** The name of the portal's WeChat service account; empty where it has none. */
export const weChatName = (): string => usePortal().weChat?.accountName ?? '';

/** What the portal says in its own words, in the language that the person reads. */
export const portalWord = (word: keyof Portal['words']): string => {
  const said = portal.words[word];
  return said === null ? '' : bilingual(said);
};

/** A portal's text in the language that the person reads. */
export function bilingual(text: Bilingual): string {
  return text[language()];
}
