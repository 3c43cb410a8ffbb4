import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portals } from '@shiming/domain';
import { expect, test } from 'vitest';
import { onDesktop, tolerate } from '../harness.ts';
import { keptIn, type Place } from './findings.ts';
import { knownPages } from './report.ts';
import { standing } from './room.ts';
import { applicantRoutes, consoleRoutes } from './routes.ts';

/** Every route of every portal that no room was at, and that the portal has: what it lacks is its page for what is not there. */
test('missed', async () => {
  const seen = new Set(knownPages().map(({ portal, route }) => `${portal} ${route}`));
  const isUnseen = ({ portal, route }: Place) => !seen.has(`${portal} ${route}`);
  const missed: Place[] = consoleRoutes()
    .map((route) => ({ portal: 'console', route }))
    .filter(isUnseen);
  await onDesktop(async (page) => {
    tolerate(page, /./);
    for (const [at, { id: portal }] of portals.entries()) {
      const prefix = at === 0 ? '' : `/${portal}`;
      const headOf = async (path: string) => {
        await page.goto(prefix + path);
        await standing(page);
        return page.locator('h1').first().textContent();
      };
      const nothing = await headOf('/no-such-page');
      for (const route of applicantRoutes().filter((each) => isUnseen({ portal, route: each }))) {
        if ((await headOf(route.replaceAll(/:\w+/g, 'x'))) !== nothing)
          missed.push({ portal, route });
      }
    }
  });
  mkdirSync(keptIn, { recursive: true });
  writeFileSync(join(keptIn, 'missed.json'), JSON.stringify(missed, null, 1));
  expect(missed).toEqual([]);
});
