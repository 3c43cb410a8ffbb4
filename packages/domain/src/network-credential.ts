import { type Answers, collect } from './answers.ts';
import { isRealDate } from './calendar.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

/**
 * What 网证 is and how it is opened, as an administrator has checked it on `checkedOn`. Names of apps and steps change, so they
 * are data, and pages show the day. Voluntary by law (国家网络身份认证公共服务管理办法, in force since 2025-07-15). Each text has
 * both languages; steps are lines.
 */
export const credentialTexts = [
  'documents',
  'firstTitle',
  'firstSteps',
  'secondTitle',
  'secondSteps',
  'notes',
] as const;
export type CredentialText = (typeof credentialTexts)[number];
type Key = `${CredentialText}${'Zh' | 'En'}`;

/** The guide, as it is typed and kept. */
export type CredentialGuide = Record<Key, string> & { checkedOn: string };

/** The second way may be left out. */
const optional = new Set<CredentialText>(['secondTitle', 'secondSteps']);

export const credentialTextMaxLength = 1_000;

function parseText(typed: string, isOptional: boolean): Parsed<string> {
  const text = typed.split('\n').map(cleanText).filter(Boolean).join('\n');
  if (text === '' && !isOptional) return refuse('credential_text.missing');
  if (Array.from(text).length > credentialTextMaxLength) return refuse('credential_text.too_long');
  return accept(text);
}

/** A guide as typed. `today` is the date in Shanghai. */
export function parseCredentialGuide(
  typed: CredentialGuide,
  today: string,
): Answers<CredentialGuide> {
  const [year = 0, month = 0, day = 0] = typed.checkedOn.split('-').map(Number);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed.checkedOn) && isRealDate(year, month, day);
  const texts = credentialTexts.flatMap((text) =>
    (['Zh', 'En'] as const).map((language) => {
      const key: Key = `${text}${language}`;
      return [key, parseText(typed[key], optional.has(text))] as const;
    }),
  );
  return collect({
    ...(Object.fromEntries(texts) as Record<Key, Parsed<string>>),
    checkedOn:
      isDay && typed.checkedOn <= today
        ? accept(typed.checkedOn)
        : refuse('credential_text.checked_on'),
  });
}
