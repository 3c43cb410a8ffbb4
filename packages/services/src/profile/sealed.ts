/** The place for which a column of an account is sealed. */
export const sealedContext = (
  column: 'identity' | 'contact' | 'profile',
  accountId: string,
): string => `account.${column}:${accountId}`;
