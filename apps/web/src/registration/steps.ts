import { parseMobile, type RegistrationStepName } from '@shiming/domain';
import type { api } from '../api.ts';

/** A registration on its way, as `registration.current` tells it. */
export type Registration = NonNullable<Awaited<ReturnType<typeof api.registration.current.query>>>;

export const startPath = '/register';

export const stepPaths: Record<RegistrationStepName, string> = {
  document: '/register/document',
  password: '/register/password',
  contact: '/register/contact',
  code: '/register/code',
  review: '/register/review',
};

/** The contact page, with WeChat chosen as the way of the code. */
export const byWeChatPath = `${stepPaths.contact}?by=wechat`;
/** The same, with SMS chosen. */
export const bySmsPath = `${stepPaths.contact}?by=sms`;

/** The way of the code that is chosen as the contact page opens: what its address says, else what was asked for last. */
export const wayOfCode = (by: unknown, last: 'sms' | 'wechat'): 'sms' | 'wechat' =>
  by === 'wechat' || by === 'sms' ? by : last;

const order: readonly RegistrationStepName[] = [
  'document',
  'password',
  'contact',
  'code',
  'review',
];

/**
 * Where a person goes instead of the step they opened, or `null` when they may be there. `stands` is the
 * first step that is not done, `null` when no registration is on its way. Steps that are done may be opened
 * again, except the code: once it has been right there is nothing left to enter.
 */
export function stepInstead(
  opened: RegistrationStepName,
  stands: RegistrationStepName | null,
): RegistrationStepName | 'start' | null {
  if (opened === 'document') return null;
  if (stands === null) return 'start';
  if (opened === 'code') return stands === 'code' ? null : stands;
  return order.indexOf(opened) > order.indexOf(stands) ? stands : null;
}

/** `139 0000 0082`; what is no mobile number stays as typed. */
export function groupMobile(typed: string): string {
  const mobile = parseMobile(typed);
  return mobile.ok ? mobile.value.replace(/^(.{3})(.{4})/, '$1 $2 ') : typed;
}
