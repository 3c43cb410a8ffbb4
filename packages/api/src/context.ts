import type { AppErrorCode } from '@shiming/domain';
import type { Ctx } from '@shiming/services/context';

/** The cookies; the worker gives them their `__Host-` names and attributes. */
export type CookieName =
  | 'session'
  | 'registration'
  | 'recovery'
  | 'ministry'
  | 'device'
  | 'staff'
  | 'organisation';

/** Cookies as the routers use them: never raw headers. */
export type Cookies = {
  read(name: CookieName): string | null;
  write(name: CookieName, value: string, maxAgeSeconds: number): void;
  clear(name: CookieName): void;
};

/** What a page says that it shows: whose account, which registration in which version, which recovery. */
export type DrawnFrom = Readonly<
  Record<'account' | 'registration' | 'recovery', string | undefined>
>;

/** Everything a procedure may use. `report` hands the outcome to the request's log line. */
export type ApiContext = {
  ctx: Ctx;
  cookies: Cookies;
  drawnFrom: DrawnFrom;
  report(procedure: string, outcome: AppErrorCode | 'ok', logNote: string | undefined): void;
};
