import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { RequestFailed } from '../../api.ts';

/** Whether this browser can use passkeys (WebAuthn). */
export { browserSupportsWebAuthn as hasPasskeys };

type Options = { options: Record<string, unknown> };

/**
 * Asks the authenticator for a signature. `options` are the server's, made for the browser's own call
 * (https://w3c.github.io/webauthn/#sctn-parseRequestOptionsFromJSON). Resolves with the credential as the API takes it.
 */
export function usePasskey({ options }: Options): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return given(startAuthentication({ optionsJSON }));
}

/** Asks the authenticator for a new passkey. */
export function makePasskey({ options }: Options): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return given(startRegistration({ optionsJSON }));
}

/** An authenticator that gives nothing counts as one that is refused. */
async function given(credential: Promise<object>): Promise<string> {
  try {
    return JSON.stringify(await credential);
  } catch {
    throw new RequestFailed({ code: 'staff.passkey_refused' });
  }
}
