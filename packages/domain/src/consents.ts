/** What a person agrees to, each with the version of its text and the time (PIPL 14, 29). */
export const consentKinds = ['agreement', 'document_number'] as const;
export type ConsentKind = (typeof consentKinds)[number];

/**
 * Those that can be withdrawn while the account goes on (PIPL 15). The agreement is the account: whoever does not
 * want it any more closes that.
 */
export const withdrawableConsents = ['document_number'] as const;
export type WithdrawableConsent = (typeof withdrawableConsents)[number];
