import { expect, test } from 'vitest';
import { applicantRoutes, consoleRoutes, routeOf } from '../e2e/accessibility/routes.ts';

test('the routes of the pages are read from the two routers, each with what stands around it', () => {
  const applicants = applicantRoutes();
  expect(applicants).toEqual(
    expect.arrayContaining(['/', '/face', '/account/review/photos/:side', '/register/check', '*']),
  );
  // What only stands around others is no page.
  expect(applicants.length).toBeGreaterThan(70);
  const staff = consoleRoutes();
  expect(staff).toEqual(
    expect.arrayContaining(['/console', '/console/staff/services/:portal/:service', '*']),
  );
  expect(staff.length).toBeGreaterThan(20);
  expect(routeOf(staff, '/console/staff/invite')).toBe('/console/staff/invite');
  expect(routeOf(staff, '/console/staff/x')).toBe('/console/staff/:staffId');
  expect(routeOf(applicants, '/account/nothing')).toBe('*');
});
