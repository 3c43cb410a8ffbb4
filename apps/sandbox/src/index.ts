/** The outside world for development and tests: it speaks the vendors' own protocols and checks what they check. */
export { createSandbox, vendorPaths } from './sandbox.ts';
export type { Sandbox, SandboxAuthority, SandboxOptions, SmsVendor } from './sandbox.ts';
export { sandboxCredentials } from './credentials.ts';
export type { SandboxCredentials } from './credentials.ts';
export { citizens } from './citizens.ts';
export type { Citizen, CitizenOutcome, CitizenValidity } from './citizens.ts';
export { blockedMobile, sandboxSms } from './sms-account.ts';
export type { PhoneMessage } from './phone.ts';
export type { AuthorityMode, GatewayMode } from './mode.ts';
