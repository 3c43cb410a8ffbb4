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

/** Gives the browser the cookie of what is on its way, which lives as long as the longest code that may stand in it. */
export function writeBegun(
  { ctx, cookies }: Pick<ApiContext, 'ctx' | 'cookies'>,
  name: 'registration' | 'recovery',
  token: string,
) {
  const { sms, mail, weChat } = ctx.portal.codes;
  const codes = [sms, mail, weChat].map(({ validMs }) => validMs / 1000);
  cookies.write(name, token, Math.max(cookieSeconds[name], ...codes));
}

/** The same once more: the cookie lives on with what was sent. */
export function keepCookie(
  context: Pick<ApiContext, 'ctx' | 'cookies'>,
  name: 'registration' | 'recovery',
) {
  const cookie = context.cookies.read(name);
  if (cookie !== null) writeBegun(context, name, cookie);
}
