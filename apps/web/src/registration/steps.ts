import { pathOf, type StepId } from '@shiming/domain';
import type { api } from '../api.ts';
import { usePortal } from '../portal.ts';

/** A registration on its way, as each of its steps answers it. */
export type Registration = NonNullable<Awaited<ReturnType<typeof api.registration.current.query>>>;

export const startPath = '/register';

/** The address of a step's page. */
export const pathTo = (step: StepId): string => pathOf(usePortal().flows.register, step);

/** The contact page, with WeChat chosen as the way of the code. */
export const byWeChatPath = (): string => `${pathTo('contact')}?by=wechat`;
/** The same, with SMS chosen. */
export const bySmsPath = (): string => `${pathTo('contact')}?by=sms`;

/** The way of the code that is chosen as the contact page opens: what its address says, else what was asked for last. */
export const wayOfCode = (by: unknown, last: 'sms' | 'wechat'): 'sms' | 'wechat' =>
  by === 'wechat' || by === 'sms' ? by : last;
