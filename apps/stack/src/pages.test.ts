import { expect, test } from 'vitest';
import { type Looked, nothingMeasured } from '../e2e/accessibility/findings.ts';
import { conclude, pageOf, rowsOf } from '../e2e/accessibility/report.ts';
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

const looked = (route: string, commit: string, wrong: string[]): Looked => ({
  portal: 'teacher',
  route,
  who: 'a visitor',
  commit,
  measured: { ...nothingMeasured(), reflow: { looked: 906, wrong } },
});

test('rows of rooms that are not opened keep what is wrong in them, with the commit of then', () => {
  const wide = 'zh, 320 px: wider than the screen by 7: .card > table';
  const cut = 'en, 320 px: text is cut off: a “Help\n | more *here*”';
  const before = [
    looked('/', '1234567', []),
    looked('/help', '0000000e', [wide, cut, cut]),
    looked('*', '1234567', [wide]),
  ];
  const page = pageOf('# By hand\n\n## Page by page\n\nas it was', before, null);
  expect(page).toMatch(/^# By hand\n\n## Page by page\n\nWritten by/);
  expect(page).not.toContain('as it was');
  const kept = rowsOf(page);
  const cutInCell = 'en, 320 px: text is cut off: a “Help / more *here*”';
  expect(kept).toEqual([
    before[0],
    looked('/help', '0000000e', [wide, cutInCell, cutInCell]),
    before[2],
  ]);
  expect(conclude(kept, null)).toEqual(conclude(before, null));
  expect(pageOf(page, kept, null)).toBe(page);
  // Found anew on another page, it is the one that is known.
  const after = pageOf(page, [...kept, looked('/login', '7654321', [cut])], null);
  expect(after).toContain(`| 2 | 2 | reflow | \`${cutInCell}\` |`);
  expect(after).not.toContain('| 3 |');
});
