declare const reachable: unique symbol;

/** An address or number that messages may go to. Only `account/recipients.ts` makes one. */
export type Recipient = string & { readonly [reachable]: true };
