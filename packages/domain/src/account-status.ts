/**
 * What an account is. `suspended`: the operator has stopped it; its holder can sign in nowhere and asks the help desk.
 * `closed`: its holder has closed it, and can restore it until a date.
 */
export type AccountStatus = 'active' | 'suspended' | 'closed';
