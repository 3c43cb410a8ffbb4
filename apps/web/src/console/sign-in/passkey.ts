import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { type Failure, failureOf, RequestFailed } from '../../api.ts';

/** Whether this browser can use passkeys (WebAuthn). */
export { browserSupportsWebAuthn as hasPasskeys };

type Options = { options: Record<string, unknown> };

/**
 * Asks the authenticator for a signature. `options` are the server's, made for the browser's own call
 * (https://w3c.github.io/webauthn/#sctn-parseRequestOptionsFromJSON). Resolves with the credential as the API takes it.
 */
export async function usePasskey({ options }: Options): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return JSON.stringify(await startAuthentication({ optionsJSON }));
}

/** Asks the authenticator for a new passkey. */
export async function makePasskey({ options }: Options): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return JSON.stringify(await startRegistration({ optionsJSON }));
}

/** What failed on the way: the server's word, the network's, or that the authenticator gave nothing. */
export function passkeyFailure(error: unknown): Failure {
  return error instanceof RequestFailed ? failureOf(error) : { code: 'staff.passkey_refused' };
}
