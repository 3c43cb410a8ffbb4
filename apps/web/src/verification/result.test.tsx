import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test, vi } from 'vitest';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { SessionProvider } from '../session/session.tsx';
import { createWholeNumber } from './number-rows.tsx';
import { Result } from './result.tsx';
import type { VerificationView } from './stage.ts';

vi.mock('../api.ts', async (original) => ({
  ...(await original<object>()),
  api: {
    session: { current: { query: () => Promise.resolve(null) } },
    networkCredential: { current: { query: () => Promise.resolve({ guide: null }) } },
    profile: {
      reveal: {
        mutate: () =>
          Promise.resolve({ number: '110199199508150127', travelPermitNumber: 'H12345678' }),
      },
    },
  },
}));

const view: VerificationView = {
  level: 2,
  proved: null,
  isProfileComplete: true,
  documentType: 'resident_identity_card',
  birthDate: '1995-08-15',
  maskedNumber: '11**************27',
  maskedTravelPermitNumber: 'H1*****78',
  name: '林知远',
  validity: { start: '2019-12-24', end: '2029-12-24', term: 10 },
  checks: 'four_factors',
  isUnderReview: false,
  perDay: 3,
  remainingToday: 2,
  resumesAtMs: Date.UTC(2026, 10, 21, 16),
  attempts: [],
};

test.each([
  ['four_factors', '11**************27', '110199199508150127'],
  ['travel_permit', 'H1*****78', 'H12345678'],
] as const)(
  'T-VER-02: where a check by %s failed, the page that says to compare shows the whole number on request',
  async (checks, masked, whole) => {
    const sent = { name: view.name, validity: view.validity };
    const Failed = () => {
      const number = createWholeNumber(() => ({ ...view, checks }), {});
      return (
        <Result
          view={{ ...view, checks }}
          outcome="mismatched"
          sent={sent}
          number={number}
          onGo={() => {}}
        />
      );
    };
    render(() => (
      <SessionProvider>
        <MemoryRouter>
          <Route path="/" component={Failed} />
        </MemoryRouter>
      </SessionProvider>
    ));
    expect(await screen.findByText('先不要再提交，逐项对照证件')).toBeTruthy();
    expect(screen.getByText(masked)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '显示完整号码' }));
    expect(await screen.findByText((text) => text.replaceAll(' ', '') === whole)).toBeTruthy();
    expect(screen.queryByText(masked)).toBeNull();
    expect(screen.queryByRole('button', { name: '显示完整号码' })).toBeNull();
  },
);
