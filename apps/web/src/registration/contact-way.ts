import { provedKindOf } from '@shiming/domain';
import { pathTo, type Registration } from './steps.ts';

/** The contact page, with WeChat chosen as the way of the code. */
export const byWeChatPath = (): string => `${pathTo('contact')}?by=wechat`;
/** The same, with SMS chosen. */
export const bySmsPath = (): string => `${pathTo('contact')}?by=sms`;

/** The way of the code that is chosen as the contact page opens: what its address says, else what was asked for last. */
export function wayOfCode(by: unknown, last: Registration['channel']): 'sms' | 'wechat' {
  if (by === 'wechat' || by === 'sms') return by;
  return last === 'wechat' ? 'wechat' : 'sms';
}

/** What a person will sign in with: the document number where there is one, else the contact that was given. */
export function signsInBy(
  identity: Registration['identity'],
  contact: Registration['contact'],
): 'number' | 'mobile' | 'email' {
  if (identity !== null || contact === null) return 'number';
  return provedKindOf(contact);
}
