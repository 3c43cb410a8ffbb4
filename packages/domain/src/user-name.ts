import { parseEmail } from './email.ts';
import { parseMobile } from './mobile.ts';
import { parseSignInNumber } from './number-claims.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/** What a person types to say which account they sign in to. */
export type SignInKind = Exclude<Portal['signInWith'][number], 'face'>;

/**
 * `value` as it is read; `key` is the form of which there is one index. Where a portal signs in with the document number, a
 * person who claims theirs does so with the number of the claim.
 */
export type UserName = { kind: SignInKind | 'number_claim'; value: string; key: string };

/** The kinds that a portal names, in its order. */
export const signInKinds = ({ signInWith }: Pick<Portal, 'signInWith'>): readonly SignInKind[] =>
  signInWith.filter((kind) => kind !== 'face');

/**
 * The user name at the portal: by its form one of the kinds that the portal names. Whether there is such an account is never
 * said. Where agencies help, a number is taken, too: it opens the accounts that they have helped to (S-REG-09). `today` is the
 * date in Shanghai.
 */
export function parseUserName(typed: string, today: string, portal: Portal): Parsed<UserName> {
  const readers: Record<SignInKind, () => Parsed<UserName>> = {
    document_number: () => numberName(typed, today, portal),
    mobile: () => contactName('mobile', parseMobile(typed)),
    email: () => contactName('email', parseEmail(typed, portal.takesMailAliases)),
  };
  const isShaped = (kind: SignInKind) =>
    kind === 'email' ? /[@＠]/u.test(typed) : readers[kind]().ok;
  const kinds: SignInKind[] = [...signInKinds(portal)];
  if (portal.agencyHelp !== null && !kinds.includes('document_number'))
    kinds.push('document_number');
  const kind = kinds.length === 1 ? kinds[0] : kinds.find(isShaped);
  if (kind !== undefined) return readers[kind]();
  return refuse(typed.trim() === '' ? 'user_name.missing' : 'user_name.format');
}

const contactName = (kind: 'mobile' | 'email', parsed: Parsed<string>): Parsed<UserName> =>
  parsed.ok ? accept({ kind, value: parsed.value, key: parsed.value }) : parsed;

function numberName(typed: string, today: string, portal: Portal): Parsed<UserName> {
  const parsed = parseSignInNumber(typed, today, portal);
  if (!parsed.ok) return parsed;
  const { number, key, isClaim } = parsed.value;
  return accept({ kind: isClaim ? 'number_claim' : 'document_number', value: number, key });
}
