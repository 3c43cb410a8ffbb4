import { api, appErrorOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { zh } from './send-code.zh.ts';
import type { Notice, useFlow } from './flow.tsx';

const copy = defineCopy(zh, () => import('./send-code.en.ts'));

/**
 * Has a code sent and goes on: to the code where it went out, else back to the contact with what to do.
 * `onSent` is said when it went out.
 */
export async function sendCode(
  flow: ReturnType<typeof useFlow>,
  contact: { email: string; mobile: string },
  ticket: FieldBinding<string>,
  onSent?: Notice,
): Promise<void> {
  await flow.attempt(async () => {
    try {
      const { outcome, remainingToday } = await api.registration.sendCode.mutate({
        email: contact.email,
        mobile: contact.mobile,
        ticket: ticket.value(),
      });
      await flow.goOn(
        outcome === 'sent' ? onSent : { tone: 'warn', said: () => copy()[outcome](remainingToday) },
      );
    } catch (error) {
      if (appErrorOf(error)?.code === 'puzzle.ticket_refused') ticket.set('');
      throw error;
    }
  });
}
