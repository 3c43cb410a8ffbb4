import { accept, refuse, type Parsed } from './parsed.ts';
import { cleanText, toHalfWidth } from './text.ts';

// Dot-atom of RFC 5322, the only local part that every mail provider takes.
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domainName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/;

const tagged = /^(?:(?:outlook|hotmail|live|msn|icloud)\.com|(?:outlook|live)\.cn)$/;

/**
 * An address in the form that tells mailboxes apart, for limits and for "the same person": no provider has two that
 * differ in capitals only; Gmail reads neither dots nor what follows a `+`, and Microsoft and Apple not the latter.
 * Elsewhere dots and `+` may be another mailbox, and qq.com and foxmail.com are two. Mail goes to the address as typed.
 */
export function canonicalEmail(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const [name = ''] = local.split('+');
  if (domain === 'gmail.com' || domain === 'googlemail.com') {
    return `${name.replaceAll('.', '')}@gmail.com`;
  }
  return `${tagged.test(domain) ? name : local}@${domain}`;
}

/** What stands before the name of a school in the domains that it gives its alumni. */
const ofAlumni = /(?:^|\.)(?:aa|alum|alumni|xiaoyou|xy)\.[a-z\d-]+\.edu\.cn$/;

/** S-BND-01: whether an address is one of a school's members: below `edu.cn` by whole labels, and not its alumni's. */
export const isEducationMail = (email: string): boolean => {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return /^(?:[a-z\d-]+\.)+edu\.cn$/.test(domain) && !ofAlumni.test(domain);
};

/**
 * 安全邮箱: the domain comes back in lower case, the part before @ as typed. Full-width letters, digits
 * and ＠ are turned into ASCII. A full-width dot is refused with its own code, as is an alias at qq.com,
 * whose addresses are QQ numbers, unless `takesAliases` (DOMAIN 14.3). At most 254 characters, 64 before @ (RFC 5321).
 * Refuses with `email.*`. Source: T-REG-09, DOMAIN 6.
 */
export function parseEmail(typed: string, takesAliases = false): Parsed<string> {
  const half = toHalfWidth(cleanText(typed)).replaceAll('＠', '@');
  const email = takesAliases ? half.replaceAll(/[．。｡]/gu, '.') : half;
  if (email === '') return refuse('email.missing');
  if (email.length > 254) return refuse('email.too_long');
  if (/[．。｡]/u.test(email)) return refuse('email.full_width_dot');
  const [local, domain, ...rest] = email.split('@');
  if (local === undefined || domain === undefined || rest.length > 0) return refuse('email.format');
  const host = domain.toLowerCase();
  if (local.length > 64 || !localPart.test(local) || !domainName.test(host)) {
    return refuse('email.format');
  }
  // Of `+x@gmail.com` no mailbox is left.
  if (canonicalEmail(email).startsWith('@')) return refuse('email.format');
  if (!takesAliases && host === 'qq.com' && !/^[1-9]\d{4,10}$/.test(local))
    return refuse('email.qq_alias');
  return accept(`${local}@${host}`);
}
