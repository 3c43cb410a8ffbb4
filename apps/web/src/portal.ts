import { type Bilingual, type Portal, teacherPortal } from '@shiming/domain';
import { language } from './copy/language.ts';

/** The portal that this site is the door to. */
export function usePortal(): Portal {
  return teacherPortal;
}

/** The name of the portal's WeChat service account; empty where it has none. */
export const weChatName = (): string => usePortal().weChat?.accountName ?? '';

/** A portal's text in the language that the person reads. */
export function bilingual(text: Bilingual): string {
  return text[language()];
}
