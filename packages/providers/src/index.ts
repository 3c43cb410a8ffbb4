/** The ports: what the product needs from the outside, in its own words. Adapters have entries of their own. */
export type { Outcome } from './outcome.ts';
export { type Crypto, isSmKey } from './crypto/port.ts';
export type { PasswordHasher, PasswordCheck } from './password/port.ts';
export type { SmsResult, SmsSender } from './sms/port.ts';
export type { HandOver, Mail, MailResult, MailSender } from './mail/port.ts';
export type {
  OpenedPush,
  PushQuery,
  SceneCode,
  WeChatInbox,
  WeChatPlatform,
  WeChatPush,
  WeChatResult,
} from './wechat/port.ts';
export type { FaceAuthority, FaceQuery, FaceReply } from './authority/face.ts';
export type { AuthorityAnswer, IdentityAuthority, IdentityQuery } from './authority/port.ts';
export type {
  Ministry,
  MinistryClaims,
  MinistryClient,
  MinistryFailure,
  MinistryRequest,
  MinistrySubject,
} from './ministry/port.ts';
export type { RecordAnswer, RecordQuery, RecordSource } from './records/port.ts';
export type { PhotoStore } from './photos/port.ts';
export type { PaintedPuzzle, PuzzlePainter } from './puzzle/port.ts';
export type { Passkey, PasskeyOptions, Passkeys } from './passkey/port.ts';
export type { Totp } from './totp/port.ts';
export type { ProofOfWork, ProofOfWorkChallenge } from './proof-of-work/port.ts';
