import { portals } from '@shiming/domain';
import { test } from 'vitest';
import { room } from './room.ts';

/** What a person reads and begins without having an account. */
const open = [
  '/',
  '/login',
  '/recovery',
  '/register',
  '/help',
  '/undo',
  '/tickets',
  '/tickets/new',
  '/privacy',
  '/agreement',
  '/accessibility',
  '/network-credential',
  '/mail',
  '/cancellation',
  '/photo',
  '/no-such-page',
];

/** And what one portal alone has of it. */
const more: Record<string, readonly string[]> = {
  teacher: ['/register/document', '/login/ministry'],
  student: [
    '/register/contact',
    '/register/activation',
    '/user-name',
    '/enter/conscription',
    '/first-sign-in',
    '/organisation',
    '/organisation/letter',
    '/organisation/password',
    '/organisation/keep',
  ],
  business: ['/register/document', '/register/activation', '/face?for=sign_in'],
};

for (const [at, { id }] of portals.entries()) {
  test(`public-${id}`, () =>
    room(
      `public-${id}`,
      'a visitor',
      [...open, ...(more[id] ?? [])].map((path) => ({ path: at === 0 ? path : `/${id}${path}` })),
    ));
}
