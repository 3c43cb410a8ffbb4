/** What verifying a password says: whether it is right, and whether it should be hashed again. */
export type PasswordCheck = { isRight: boolean; isOutdated: boolean };

export type PasswordHasher = {
  /** A PHC string (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`) that carries its own parameters. */
  hash(password: string): Promise<string>;
  /** Verifies in the same time whether `stored` is right or wrong. A malformed `stored` is an error. */
  verify(password: string, stored: string): Promise<PasswordCheck>;
  /**
   * A hash of the current parameters that no password matches: what a login against an account
   * that does not exist is verified against, so that it costs the same work.
   */
  readonly decoy: string;
};
