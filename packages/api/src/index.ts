export type { ApiContext, CookieName, Cookies } from './context.ts';
export { type AppRouter, appRouter } from './root.ts';
export { commonErrors, type ProcedureMeta } from './trpc.ts';
