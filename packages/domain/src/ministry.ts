/** Until when somebody who has come from the ministry has signed in here, or registered. */
export const arrivalValidMs = 30 * 60_000;

/**
 * An account of the ministry, as an identifier. A slash at the end of the issuer is left out: whether it stands there is a
 * matter of the setting, and must not make another account of this one.
 */
export const ministryIdentifier = ({ issuer, subject }: { issuer: string; subject: string }) =>
  `${issuer.replace(/\/$/, '')} ${subject}`;
