/** Codes that change with time (RFC 6238), as the common authenticator apps make them: SHA-1, 6 digits, 30 seconds. */
export type Totp = {
  /** The secret in base 32, as an app takes it: of the first 20 bytes of an unpredictable base64url text. */
  secretFrom(token: string): string;
  /** The `otpauth:` address of a secret, for a QR code. */
  uri(secret: string, names: { issuer: string; account: string }): string;
  /**
   * The time step (30 s since 1970) that a code belongs to, when it is the code of `atMs` or of the step before or
   * after; `null` for every other. A step that was taken once must not be taken again.
   */
  stepOf(secret: string, code: string, atMs: number): Promise<number | null>;
};
