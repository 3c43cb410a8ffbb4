import type { Sms } from '@shiming/domain';
import type { Outcome } from '../outcome.ts';

export type SmsResult = {
  outcome: Outcome;
  vendor: 'aliyun' | 'tencent';
  /** The vendor's own code, for logs and for choosing what to do next. Never shown. */
  vendorCode: string;
  /** The vendor's receipt (BizId, SerialNo), when it accepted. */
  vendorMessageId: string | null;
};

export type SmsSender = { send(sms: Sms): Promise<SmsResult> };
