import type { CredentialGuide } from '@shiming/domain';
import type { zh } from './documents.credential.zh.ts';

/** What is said of 网证 until an administrator says otherwise; the day is when it was checked (DOMAIN 15.1). */
export const builtInCheckedOn = '2026-11-29';

type Texts = Record<keyof typeof zh, string>;

/** The texts of a guide in one language. */
export const textsIn = (guide: CredentialGuide, language: 'zh' | 'en'): Texts => {
  const end = language === 'en' ? 'En' : 'Zh';
  return {
    documents: guide[`documents${end}`],
    firstTitle: guide[`firstTitle${end}`],
    firstSteps: guide[`firstSteps${end}`],
    secondTitle: guide[`secondTitle${end}`],
    secondSteps: guide[`secondSteps${end}`],
    notes: guide[`notes${end}`],
  };
};
