import { AppError } from '@shiming/domain';
import type { Cookies, DrawnFrom } from './context.ts';

/** The header in which a page says what it was drawn from. */
export const drawnFromHeader = 'x-drawn-from';

/** What a page shows where nothing has begun. */
const nothing = 'none';

/** Reads `account=…;registration=…;recovery=…`. What is not there is not known, as from a client that is no page. */
export function parseDrawnFrom(header: string | undefined): DrawnFrom {
  const parts = (header ?? '').slice(0, 300).split(';');
  const said = new Map(parts.map((part) => part.split('=', 2) as [string, string | undefined]));
  return {
    account: said.get('account'),
    registration: said.get('registration'),
    recovery: said.get('recovery'),
  };
}

/**
 * Refuses a request of a page that shows another than the one that the browser's cookie is of: in another tab somebody
 * has taken their place. Nothing that was typed on the page is lost, and nothing of it goes to the other.
 *
 * @throws AppError page.superseded
 */
export function refuseAnother(shown: string | undefined, held: string): void {
  if (shown !== undefined && shown !== held) throw new AppError({ code: 'page.superseded' });
}

type Context = { cookies: Cookies; drawnFrom: DrawnFrom };

/**
 * The cookie of what is on its way, where the page shows the same: its first part, up to the dot, is its id.
 *
 * @throws AppError page.superseded
 */
export function shownCookie(
  { cookies, drawnFrom }: Context,
  name: 'registration' | 'recovery',
): string | null {
  const cookie = cookies.read(name);
  const [id = ''] = cookie?.split('.') ?? [];
  const [shown] = drawnFrom[name]?.split('.') ?? [];
  if (cookie !== null && shown !== nothing) refuseAnother(shown, id);
  return cookie;
}

/**
 * The same for a step of a registration, with the version that the page was drawn from (`id.secret.version`). `null`
 * where the page shows none: then its own begins.
 *
 * @throws AppError page.superseded
 */
export function shownRegistration(context: Context): string | null {
  const { registration: shown } = context.drawnFrom;
  if (shown === nothing) return null;
  const cookie = shownCookie(context, 'registration');
  const [, version] = shown?.split('.') ?? [];
  return cookie === null || version === undefined ? cookie : `${cookie}.${version}`;
}
