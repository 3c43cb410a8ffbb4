import { type CircuitOptions, throughCircuit } from '../circuit.ts';
import type { SmsResult, SmsSender, VerificationCodeSms } from './port.ts';

/** A gateway has sent enough to this number, by a count of its own that no other gateway shares. */
const VENDOR_LIMIT =
  /^(?:isv\.BUSINESS_LIMIT_CONTROL$|LimitExceeded\.(?:PhoneNumber|DeliveryFrequencyLimit))/;

const mayGoElsewhere = ({ outcome, vendorCode }: SmsResult) =>
  outcome === 'busy' ||
  outcome === 'down' ||
  outcome === 'misconfigured' ||
  (outcome === 'refused' && VENDOR_LIMIT.test(vendorCode));

/**
 * Two gateways as one. The second is asked only when the first certainly did not send and the reason is its own,
 * so no code goes out by both. A gateway that fails `failures` times in a row, in whatever way, is passed over for
 * `openMs` (`down`, code `circuit_open`) and then tried again by one caller. The answer is that of the last asked.
 */
export function withFailover(
  [primary, secondary]: readonly [SmsSender, SmsSender],
  options: CircuitOptions,
): SmsSender {
  const sendBy = (sender: SmsSender) =>
    throughCircuit<VerificationCodeSms, SmsResult>((sms) => sender.sendVerificationCode(sms), {
      ...options,
      isFailure: ({ outcome }) => outcome !== 'accepted' && outcome !== 'refused',
      whenOpen: (failure) => ({ ...failure, outcome: 'down', vendorCode: 'circuit_open' }),
    });
  const sendByPrimary = sendBy(primary);
  const sendBySecondary = sendBy(secondary);

  return {
    async sendVerificationCode(sms) {
      const result = await sendByPrimary(sms);
      return mayGoElsewhere(result) ? sendBySecondary(sms) : result;
    },
  };
}
