import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { fromBase64Url, toBase64Url } from '../base64.ts';
import { member } from '../json.ts';
import type { Passkey, Passkeys } from './port.ts';

/** ES256, EdDSA and RS256 (COSE algorithms): what authenticators in use sign with. */
const algorithms = [-7, -8, -257];
const timeoutMs = 120_000;

function parsed(credential: string): unknown {
  try {
    return JSON.parse(credential);
  } catch {
    return null;
  }
}

/** The challenge in the signed client data. Whether it was signed is for the library to find. */
function challengeIn(credential: unknown): string | null {
  const clientData = member(member(credential, 'response'), 'clientDataJSON');
  if (typeof clientData !== 'string') return null;
  try {
    const text = new TextDecoder().decode(fromBase64Url(clientData));
    const challenge = member(JSON.parse(text), 'challenge');
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/**
 * The credential without what it says of the make of its authenticator: security keys say it, though it was not asked
 * for, and the library refuses what it cannot verify. Nothing rests on it, so nothing is lost.
 */
function withoutAttestation(credential: unknown): unknown {
  const response = member(credential, 'response');
  const told = member(response, 'attestationObject');
  if (typeof told !== 'string') return credential;
  try {
    const authData = new Map(isoCBOR.decodeFirst<Map<string, unknown>>(fromBase64Url(told))).get(
      'authData',
    );
    if (!(authData instanceof Uint8Array)) return credential;
    const none = new Map<string, Parameters<typeof isoCBOR.encode>[0]>();
    none.set('fmt', 'none').set('attStmt', new Map()).set('authData', authData);
    const attestationObject = toBase64Url(isoCBOR.encode(none));
    return { ...(credential as object), response: { ...(response as object), attestationObject } };
  } catch {
    return credential;
  }
}

const described = ({ id, transports }: Pick<Passkey, 'id' | 'transports'>) => ({
  id,
  transports: [...transports],
});

/** The names of transports that a browser told, as far as they look like names. */
const transportsIn = (told: unknown): string[] =>
  Array.isArray(told)
    ? told
        .filter((each): each is string => typeof each === 'string' && /^[a-z-]{1,20}$/.test(each))
        .slice(0, 10)
    : [];

/**
 * Passkeys over the library SimpleWebAuthn. Attestation is neither asked for nor looked at: who may have a passkey is
 * decided by the invitation, not by the make of the authenticator. What reads attestations is a third of the Worker's
 * code; a patch (`patches/`) takes it out of the library.
 *
 * @param options.publicOrigin the one origin that signatures may come from; its host is the relying party
 * @see https://www.w3.org/TR/webauthn-3/
 */
export function createPasskeys({
  publicOrigin,
  name,
}: {
  publicOrigin: string;
  name: string;
}): Passkeys {
  const rpID = new URL(publicOrigin).hostname;
  const expected = {
    expectedOrigin: publicOrigin,
    expectedRPID: rpID,
    requireUserVerification: true,
  };

  return {
    async creationOptions({ challenge, user, existing }) {
      const options = await generateRegistrationOptions({
        rpName: name,
        rpID,
        userID: new TextEncoder().encode(user.id),
        userName: user.name,
        userDisplayName: user.displayName,
        challenge: fromBase64Url(challenge),
        attestationType: 'none',
        timeout: timeoutMs,
        excludeCredentials: existing.map(described),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      });
      return { ...options };
    },

    async verifyCreation(credential) {
      const response = parsed(credential);
      const challenge = challengeIn(response);
      if (challenge === null) return null;
      const { registrationInfo } = await verifyRegistrationResponse({
        ...expected,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library checks every member it uses, and throws
        response: withoutAttestation(response) as RegistrationResponseJSON,
        expectedChallenge: challenge,
        supportedAlgorithmIDs: algorithms,
      }).catch(() => ({ registrationInfo: undefined }));
      if (registrationInfo === undefined) return null;
      const { id, publicKey, counter, transports } = registrationInfo.credential;
      return {
        challenge,
        isDeviceBound: registrationInfo.credentialDeviceType === 'singleDevice',
        passkey: {
          id,
          publicKey: toBase64Url(publicKey),
          counter,
          transports: transportsIn(transports),
        },
      };
    },

    async requestOptions({ challenge, allowed }) {
      const options = await generateAuthenticationOptions({
        rpID,
        challenge: fromBase64Url(challenge),
        timeout: timeoutMs,
        userVerification: 'required',
        allowCredentials: allowed.map(described),
      });
      return { ...options };
    },

    idOf(credential) {
      const id = member(parsed(credential), 'id');
      return typeof id === 'string' ? id : null;
    },

    async verifyRequest(credential, { id, publicKey, counter }) {
      const response = parsed(credential);
      const challenge = challengeIn(response);
      if (challenge === null) return null;
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library checks every member it uses, and throws
        response: response as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        credential: { id, publicKey: fromBase64Url(publicKey), counter },
      }).catch(() => ({ verified: false, authenticationInfo: undefined }));
      if (!verified || authenticationInfo === undefined) return null;
      return {
        challenge,
        counter: authenticationInfo.newCounter,
        isDeviceBound: authenticationInfo.credentialDeviceType === 'singleDevice',
      };
    },
  };
}
