/** A passkey that is kept: credential id and COSE public key in base64url, and the counter of its signatures. */
export type Passkey = {
  id: string;
  publicKey: string;
  counter: number;
  transports: readonly string[];
};

/**
 * Passkeys (WebAuthn level 3) of this site: origin and relying party are those of the adapter. Options go to the
 * browser, and what comes back from it is text: the JSON of its credential. Challenges are the caller's to make,
 * keep and use up; what was signed says for which one it was.
 */
export type Passkeys = {
  /** The options (JSON) for making a passkey that knows its user and is unlocked by PIN, finger or face. */
  creationOptions(options: {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    /** Those that the user has already: an authenticator makes no second one. */
    existing: readonly Pick<Passkey, 'id' | 'transports'>[];
  }): Promise<PasskeyOptions>;
  /**
   * The passkey that was made, the challenge it was made for, and whether it can never leave its device; `null` when it is
   * none, or not for this site.
   */
  verifyCreation(credential: string): Promise<{
    passkey: Passkey;
    challenge: string;
    isDeviceBound: boolean;
  } | null>;
  /** The options (JSON) for a signature: by any passkey of the site, or only by these. */
  requestOptions(options: {
    challenge: string;
    allowed: readonly Pick<Passkey, 'id' | 'transports'>[];
  }): Promise<PasskeyOptions>;
  /** Which passkey a credential says it is; `null` for what is no credential. */
  idOf(credential: string): string | null;
  /**
   * The challenge that a passkey signed with its user verified, and its counter from now on; `null` when the
   * signature is not of this passkey, not for this site, or from a copy (the counter does not rise).
   */
  verifyRequest(
    credential: string,
    passkey: Passkey,
  ): Promise<{ challenge: string; counter: number; isDeviceBound: boolean } | null>;
};

/** JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` or `…RequestOptionsFromJSON`, passed on unchanged. */
export type PasskeyOptions = Record<string, unknown>;
