import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../base64.ts';
import { createAuthenticator } from '../testing/authenticator.ts';
import type { Passkey } from './port.ts';
import { createPasskeys } from './web-authn.ts';

const origin = 'https://account.example.cn';
const passkeys = createPasskeys({ publicOrigin: origin, name: '实名' });
const user = { id: 'staff-1', name: 'rev.01', displayName: '审核一' };
const newChallenge = () => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

async function made(authenticator: Awaited<ReturnType<typeof createAuthenticator>>) {
  const options = await passkeys.creationOptions({ challenge: newChallenge(), user, existing: [] });
  const verified = await passkeys.verifyCreation(await authenticator.create(options));
  if (verified === null) throw new Error('the passkey was not taken');
  return verified.passkey;
}

const signed = async (
  authenticator: Awaited<ReturnType<typeof createAuthenticator>>,
  passkey: Passkey,
  challenge = newChallenge(),
) =>
  passkeys.verifyRequest(
    await authenticator.get(await passkeys.requestOptions({ challenge, allowed: [passkey] })),
    passkey,
  );

/** A credential with one member of its response changed. */
const altered = (credential: string, name: string, change: (value: string) => string) => {
  const json = JSON.parse(credential);
  json.response[name] = change(json.response[name]);
  return JSON.stringify(json);
};

describe('T-CON-01: passkeys', () => {
  test('the options ask for a passkey that knows its user and verifies them, and for no attestation', async () => {
    const existing = [{ id: 'AAAA', transports: ['usb'] }];
    const challenge = newChallenge();
    const options = await passkeys.creationOptions({ challenge, user, existing });
    expect(options).toMatchObject({
      challenge,
      rp: { id: 'account.example.cn', name: '实名' },
      user: { id: toBase64Url(new TextEncoder().encode('staff-1')), name: 'rev.01' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: 'AAAA', type: 'public-key', transports: ['usb'] }],
    });
    const request = await passkeys.requestOptions({ challenge, allowed: [] });
    expect(request).toMatchObject({ rpId: 'account.example.cn', userVerification: 'required' });
  });

  test.each(['packed', 'fido-u2f', 'tpm', 'apple'])(
    'an authenticator that says %s what make it is of, though nobody asked, is taken all the same',
    async (format) => {
      const authenticator = await createAuthenticator(origin);
      authenticator.self.attestation = format;
      const passkey = await made(authenticator);
      const challenge = newChallenge();
      expect(await signed(authenticator, passkey, challenge)).toMatchObject({ challenge });
    },
  );

  test('what an authenticator made and then signs is taken, with the challenge that was signed', async () => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    expect(passkey).toMatchObject({ id: authenticator.id, counter: 1, transports: ['internal'] });
    const challenge = newChallenge();
    expect(await signed(authenticator, passkey, challenge)).toEqual({
      challenge,
      counter: 2,
      isDeviceBound: true,
    });
  });

  test('a counter that does not rise tells of a copy; one that stays 0 counts nothing', async () => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    authenticator.self.counter = 0;
    expect(await signed(authenticator, passkey)).toBeNull();
    authenticator.self.counter = -1;
    expect(await signed(authenticator, { ...passkey, counter: 0 })).not.toBeNull();
  });

  test('a user who was not verified is nobody', async () => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    authenticator.self.isUserVerified = false;
    expect(await signed(authenticator, passkey)).toBeNull();
    const careless = await createAuthenticator(origin, { isUserVerified: false });
    await expect(made(careless)).rejects.toThrow('not taken');
  });

  test.each([
    'https://account.example.cn.evil.example',
    'http://account.example.cn',
    'https://evil.example',
  ])('a signature from a page of %s is not taken, nor a passkey made there', async (elsewhere) => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    authenticator.self.origin = elsewhere;
    expect(await signed(authenticator, passkey)).toBeNull();
    await expect(made(authenticator)).rejects.toThrow('not taken');
  });

  test('a signature for another site is not taken', async () => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    const options = { challenge: newChallenge(), rpId: 'evil.example' };
    expect(await passkeys.verifyRequest(await authenticator.get(options), passkey)).toBeNull();
  });

  test('a signature by another key, or with anything altered, is not taken', async () => {
    const [authenticator, other] = [
      await createAuthenticator(origin),
      await createAuthenticator(origin),
    ];
    const passkey = await made(authenticator);
    expect(await signed(other, { ...passkey, id: other.id })).toBeNull();
    const challenge = newChallenge();
    const options = await passkeys.requestOptions({ challenge, allowed: [] });
    const credential = await authenticator.get(options);
    const otherChallenge = (text: string) =>
      toBase64Url(
        new TextEncoder().encode(
          JSON.stringify({
            ...JSON.parse(new TextDecoder().decode(Buffer.from(text, 'base64url'))),
            challenge: newChallenge(),
          }),
        ),
      );
    for (const [name, change] of [
      ['clientDataJSON', otherChallenge],
      ['signature', (text: string) => `${text.slice(0, -4)}AAAA`],
      ['authenticatorData', (text: string) => `${text.slice(0, -2)}_A`],
    ] as const) {
      expect(await passkeys.verifyRequest(altered(credential, name, change), passkey)).toBeNull();
    }
    expect(await passkeys.verifyRequest(credential, passkey)).toMatchObject({
      challenge,
      counter: 2,
    });
  });

  test('E-WIN-01: a passkey that may leave its device says so in what is signed, when it is made and when it is used', async () => {
    const authenticator = await createAuthenticator(origin);
    authenticator.self.isSynced = true;
    const passkey = await made(authenticator);
    expect(await signed(authenticator, passkey)).toMatchObject({ isDeviceBound: false });
  });

  test.each(['', 'null', '[]', '{}', '"x"', '{"id":1}', '{"response":{"clientDataJSON":"!"}}'])(
    '%j is no credential, and no error',
    async (credential) => {
      const passkey = await made(await createAuthenticator(origin));
      expect(passkeys.idOf(credential)).toBeNull();
      expect(await passkeys.verifyCreation(credential)).toBeNull();
      expect(await passkeys.verifyRequest(credential, passkey)).toBeNull();
    },
  );

  test('a signature is no new passkey, and a new passkey is no signature', async () => {
    const authenticator = await createAuthenticator(origin);
    const passkey = await made(authenticator);
    const options = {
      challenge: newChallenge(),
      rpId: 'account.example.cn',
      rp: { id: 'account.example.cn' },
    };
    expect(await passkeys.verifyCreation(await authenticator.get(options))).toBeNull();
    expect(await passkeys.verifyRequest(await authenticator.create(options), passkey)).toBeNull();
  });
});
