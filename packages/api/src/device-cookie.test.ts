import { portals } from '@shiming/domain';
import { fourthPortal } from '@shiming/domain/testing/fourth-portal';
import { expect, test } from 'vitest';
import { keepCookie } from './device-cookie.ts';

test.each(
  [...portals, fourthPortal].flatMap((portal) =>
    (['registration', 'recovery'] as const).map((name) => [portal.id, name, portal] as const),
  ),
)(
  'S-REG-05: at the portal %s the cookie of a %s ends before no code in it',
  (_id, name, portal) => {
    let seconds = 0;
    const cookies = {
      read: () => 'id.secret',
      write: (_name: string, _value: string, maxAge: number) => (seconds = maxAge),
    };
    keepCookie({ ctx: { portal }, cookies } as unknown as Parameters<typeof keepCookie>[0], name);
    const { sms, mail, weChat } = portal.codes;
    for (const { validMs } of [sms, mail, weChat]) {
      expect(seconds * 1000).toBeGreaterThanOrEqual(validMs);
    }
  },
);
