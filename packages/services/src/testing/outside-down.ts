import { connect } from '@shiming/db/client';
import type { Ctx } from '../context.ts';

/** The same request when nothing answers where the database should be. */
export const withoutDatabase = (ctx: Ctx): Ctx => ({
  ...ctx,
  db: connect({ url: 'http://127.0.0.1:1' }),
});
