import { bySmsKind, type Sms } from '@shiming/domain';
import { type CircuitOptions, throughCircuit } from '../circuit.ts';
import type { SmsResult, SmsSender } from './port.ts';

/** Every gateway counts by itself what it has sent to a number. */
const mayGoElsewhere = ({ outcome }: SmsResult) =>
  outcome === 'busy' || outcome === 'down' || outcome === 'misconfigured';

/**
 * Two gateways as one. The second is asked only when the first certainly did not send and the reason is its own,
 * so no message goes out by both. A gateway that fails `failures` times in a row, in whatever way, is passed over for
 * `openMs` (`down`, code `circuit_open`) and then tried again by one caller. The answer is that of the last asked.
 * Each kind of message has a circuit of its own: a template that is not approved is no trouble for the others.
 */
export function withFailover(
  [primary, secondary]: readonly [SmsSender, SmsSender],
  options: CircuitOptions,
): SmsSender {
  const through = (sender: SmsSender) =>
    throughCircuit<Sms, SmsResult>((sms) => sender.send(sms), {
      ...options,
      isFailure: ({ outcome }) =>
        outcome === 'down' || outcome === 'misconfigured' || outcome === 'unclear',
      whenOpen: (failure) => ({ ...failure, outcome: 'down', vendorCode: 'circuit_open' }),
    });
  const senders = bySmsKind(() => {
    const sendByPrimary = through(primary);
    const sendBySecondary = through(secondary);
    return async (sms: Sms) => {
      const result = await sendByPrimary(sms);
      return mayGoElsewhere(result) ? sendBySecondary(sms) : result;
    };
  });
  return { send: (sms) => senders[sms.kind](sms) };
}
