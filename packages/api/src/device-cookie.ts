import type { ApiContext } from './context.ts';
import { cookieSeconds } from './trpc.ts';

/** A browser keeps the marks of the last few accounts that signed in on it. */
const marksKept = 5;

/** Leaves an account's mark in the browser: from then on it is no new device there. */
export function keepDeviceMark(
  { ctx, cookies }: Pick<ApiContext, 'ctx' | 'cookies'>,
  deviceMark: string,
) {
  const { deviceId, deviceMarks } = ctx.visitor;
  const marks = [deviceMark, ...deviceMarks.filter((mark) => mark !== deviceMark)];
  cookies.write('device', [deviceId, ...marks.slice(0, marksKept)].join('.'), cookieSeconds.device);
}

/** Gives the browser the cookie of what is on its way once more: it lives on with what was sent. */
export function keepCookie(
  { cookies }: Pick<ApiContext, 'cookies'>,
  name: 'registration' | 'recovery',
) {
  const cookie = cookies.read(name);
  if (cookie !== null) cookies.write(name, cookie, cookieSeconds[name]);
}
