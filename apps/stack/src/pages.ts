import { parseArgs } from 'node:util';
import { portals } from '@shiming/domain';
import { missedRoutes } from '../e2e/accessibility/findings.ts';
import { conclude, knownPages, writePage } from '../e2e/accessibility/report.ts';
import { ensureChromium } from './browser.ts';
import { buildWeb } from './build.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';

const config = ['--config', 'apps/stack/vitest.pages.config.ts'];

/**
 * Opens every page of all portals and of the console in Chromium over the started stack, and measures it by WCAG 2.2 AA and the rules for
 * older people. `--only NAME` opens the rooms whose name begins so; `--built` takes the SPA as it was built last; `--write` writes what
 * each room found last to `docs/accessibility.md`, where the other rows stay as they are unless all rooms were opened.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      built: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  process.env['SHIMING_CHROMIUM'] = ensureChromium();
  if (!values.built) {
    process.env['PORTALS'] = portals.map(({ id }) => id).join(',');
    if ((await buildWeb('warn')) !== 0) throw new Error('The SPA does not build.');
  }
  if (values.only === undefined) process.env['ALL_ROOMS'] = 'yes';
  const rooms = values.only === undefined ? ['-t', '^(?!missed)'] : ['-t', `^${values.only}`];
  const codes = [await runTool('vitest', ['run', ...config, ...rooms])];
  if (values.only === undefined) {
    codes.push(await runTool('vitest', ['run', ...config, '-t', '^missed']));
  }
  const [looked, missed] = [knownPages(), missedRoutes()];
  const { text, wrong } = conclude(looked, missed);
  console.log(text);
  if (values.write) writePage(looked, missed);
  if (wrong > 0 || codes.some((code) => code !== 0)) process.exitCode = 1;
});
