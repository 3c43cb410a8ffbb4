export { appErrorOf, createShimingClient, type Fetch, type ShimingClient } from './client.ts';
export { solveProofOfWork } from './proof-of-work.ts';
export type { AppErrorCode, AppErrorData } from '@shiming/domain';
