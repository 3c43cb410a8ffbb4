import type { ContactKind } from '@shiming/domain';
import type { Deps } from '../context.ts';
import type { Recipient } from '../outbox/recipient.ts';
import { type Account, openContact, provedAtMsOf } from './account.ts';

/**
 * The contacts of an account that messages go to: those that its holder has proved, and `null` for each other one, which
 * may be a stranger's (T-REG-13a).
 */
export async function contactsForMessages(
  deps: Pick<Deps, 'crypto' | 'keys'>,
  account: Pick<Account, 'id' | 'identifiers' | 'contactSealed'>,
): Promise<Record<ContactKind, Recipient | null>> {
  const contact = await openContact(deps, account);
  const proved = (kind: ContactKind) =>
    provedAtMsOf(account, kind) === null ? null : (contact[kind] as Recipient);
  return { mobile: proved('mobile'), email: proved('email') };
}

/**
 * A contact that a message goes to although no account has it as proved: the message itself proves it, the batch of the
 * message does, the help desk puts it on record, a ticket has had it confirmed, or it is the work address of a member of staff.
 */
export const recipientFor = (
  contact: string,
  _because: 'proves_it' | 'proved_with_it' | 'put_on_record' | 'confirmed_in_ticket' | 'staff',
): Recipient => contact as Recipient;
