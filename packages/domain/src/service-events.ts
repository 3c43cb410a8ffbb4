/**
 * What a service may learn of an account of which it knows the person: the level, what it reads of the person or whether the
 * account is open has changed; the account is deleted; a credential has changed; all sessions are ended; the person is to be
 * signed out of the service.
 */
export type ServiceEventKind =
  | 'level'
  | 'claims'
  | 'disabled'
  | 'enabled'
  | 'purged'
  | 'credential'
  | 'sessions_revoked'
  | 'logout';
