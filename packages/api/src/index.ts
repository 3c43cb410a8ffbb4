export { answerCall } from './answer.ts';
export type { ApiContext, CookieName, Cookies } from './context.ts';
export { drawnFromHeader, parseDrawnFrom } from './drawn-from.ts';
export {
  getCasePhoto,
  getPhoto,
  type PhotoAnswer,
  putPhoto,
  putPhotoByLink,
  putClaimPhoto,
  putTicketFile,
} from './photos.ts';
export type { AppRouter } from './root.ts';
export { commonErrors, type ProcedureMeta } from './trpc.ts';
