import { render, screen } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { formatInstant } from '../copy/format.ts';
import { Verified } from './overview.tsx';
import type { VerificationView } from './stage.ts';
import { zh } from './verification.zh.ts';

const atMs = Date.UTC(2026, 10, 21, 4);
const view: VerificationView = {
  level: 3,
  proved: null,
  isProfileComplete: true,
  documentType: 'resident_identity_card',
  birthDate: '1995-08-15',
  maskedNumber: '11**************27',
  maskedTravelPermitNumber: null,
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
  ['authority', zh.matched],
  ['window', zh.matchedBy.window],
  ['face', zh.matchedBy.face],
  ['school', zh.matchedBy.school],
  ['review', zh.reviewed],
] as const)('who is verified by the %s reads that', (by, told) => {
  render(() => (
    <MemoryRouter>
      <Route
        path="/"
        component={() => (
          <Verified view={{ ...view, proved: { by, atMs, untilMs: null } }} onGo={() => {}} />
        )}
      />
    </MemoryRouter>
  ));
  expect(screen.getByText(told(formatInstant(atMs)))).toBeTruthy();
});
