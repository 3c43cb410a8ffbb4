/** The outside world for development and tests: it speaks the vendors' own protocols and checks what they check. */
export { createSandbox, vendorPaths } from './sandbox.ts';
export type {
  Sandbox,
  SandboxAuthority,
  SandboxOptions,
  SandboxRecords,
  SmsVendor,
} from './sandbox.ts';
export { blockedAddress, sandboxMail } from './mail.ts';
export type { MailMessage } from './mail.ts';
export { openIdOf, sandboxWeChat } from './wechat-account.ts';
export type { ChatAnswer, ChatLine, SandboxWeChat, WeChatUser } from './wechat.ts';
export { sandboxCredentials, sandboxOperator } from './credentials.ts';
export type { SandboxCredentials } from './credentials.ts';
export { citizens } from './citizens.ts';
export { newOfficeKey, type OfficeKey, RegistrationOffice, sharedSecret } from './office.ts';
export type { OfficeCall, OfficeMatterCall, OfficeReply } from './office.ts';
export { serviceRegistrations } from './service-registrations.ts';
export type { Citizen, CitizenOutcome, CitizenValidity } from './citizens.ts';
export { blockedMobile, sandboxSms, sandboxSmsSettings } from './sms-account.ts';
export type { PhoneMessage } from './phone.ts';
export type {
  AuthorityMode,
  EncryptionMode,
  GatewayMode,
  MailMode,
  MinistryMode,
  RecordMode,
  RepeatMode,
  ScannerMode,
  WeChatMode,
} from './mode.ts';
