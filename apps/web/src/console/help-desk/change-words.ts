import type { AccountStatus, CorrectionKind, SuspensionReason } from '@shiming/domain';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

/** A value of a correction in words: of data itself, of the account's status its name, with the reason. */
export function changeWords(kind: CorrectionKind, value: string): string {
  if (kind !== 'suspend' && kind !== 'restore') return value;
  const { accountStatuses, suspensionReasons } = copy();
  return (
    accountStatuses[value as AccountStatus] ?? suspensionReasons[value as SuspensionReason] ?? value
  );
}
