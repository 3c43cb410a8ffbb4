import type { PhotoSide } from './cases/photo-sides.ts';
import type { FacePurpose } from './face.ts';
import type { PuzzlePurpose } from './inputs.ts';

/** What a secret is given out for. The name stands in its hash: it opens nothing else. */
export type ChallengePurpose =
  | 'cancellation.stop'
  | 'contact.code'
  | 'contact.undo'
  | 'email.proof'
  | `face.${FacePurpose}`
  | 'guardian.code'
  | 'organisation.contact'
  | 'organisation.stop'
  | 'proof.code'
  | 'recovery.code'
  | 'recovery.link'
  | 'registration.code'
  | 'registration.link'
  | `review.photo.${PhotoSide}.${string}`
  | 'staff.link'
  | 'staff.link_passkey'
  | 'staff.new_passkey'
  | 'staff.new_totp'
  | 'staff.proof'
  | 'staff.sign_in'
  | `ticket.${PuzzlePurpose}`
  | `ticket.${PuzzlePurpose}.heavy`
  | 'wechat.binding';

/** What the links in messages are for. That of a ticket has its secret in the case, and is no challenge. */
export type LinkPurpose =
  | Extract<
      ChallengePurpose,
      | 'cancellation.stop'
      | 'contact.undo'
      | 'email.proof'
      | 'organisation.stop'
      | 'recovery.link'
      | 'registration.link'
      | 'staff.link'
    >
  | 'ticket.email';
