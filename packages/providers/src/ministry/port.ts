/** What the operator is to the ministry. */
export type MinistryClient = {
  /** As its discovery document says it. A slash at the end matters only where there is a path. */
  issuer: string;
  clientId: string;
  clientSecret: string;
};

/** What a sign-in with the ministry is begun with. It is kept, and what comes back is checked against it. */
export type MinistryRequest = {
  /** The page of ours to which the ministry sends the person back. */
  redirectUri: string;
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
};

/** What the ministry says of a person, as it says it; `null` where it says nothing, or has not checked it. */
export type MinistryClaims = { name: string | null; mobile: string | null; email: string | null };

/**
 * Why nobody has arrived. `denied`: the person went back, or the ministry refused them. `refused`: what came back does not
 * hold (a code that was used, another nonce, a wrong signature). `unavailable`: no answer, or one of a server in trouble.
 * `code` names the cause for the log, and nothing of the person.
 */
export type MinistryFailure = { outcome: 'denied' | 'refused' | 'unavailable'; code: string };

/** Who has signed in: two accounts are one only where both are equal. */
export type MinistrySubject = { issuer: string; subject: string };

/** The ministry's sign-in (教育部账号登录), which is an OpenID provider. */
export type Ministry = {
  /** The address to which the browser goes to sign in. */
  begin(request: MinistryRequest): Promise<{ outcome: 'begun'; url: string } | MinistryFailure>;
  /** Who has come back, from the query with which they did. */
  redeem(
    request: MinistryRequest,
    query: string,
  ): Promise<({ outcome: 'arrived'; claims: MinistryClaims } & MinistrySubject) | MinistryFailure>;
};
