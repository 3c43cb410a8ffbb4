import axeCore, { type AxeResults, type RunOptions } from 'axe-core';
import { portals } from '@shiming/domain';
import type { Page } from 'playwright-core';
import type { Language } from '../pages.ts';
import { type Finding, type Group, type Measured, nothingMeasured } from './findings.ts';
import {
  columns,
  edges,
  elderly,
  forced,
  forms,
  install,
  motion,
  reflow,
  refused,
  stop,
  structure,
  targets,
  unreached,
} from './in-page.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const screens = {
  narrow: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 900 },
};

/** WCAG 1.4.12, and text twice as large as the browser's own setting has it (1.4.4). */
const sheets = {
  spacing:
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
  twice: 'html { font-size: 212.5% !important }',
};

/** Adds a style sheet as a person’s own would be, for the time of `during`. */
async function withSheet(page: Page, css: string, during: () => Promise<void>): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
  await during();
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
}

/**
 * Chooses “Large text” and “Larger”, or neither, by the buttons of the header, which are others then; also where a dialog stands before
 * them. The console, whose choice stands among its settings, is given the size.
 */
const setText = (page: Page, size: string) =>
  page.evaluate((wanted) => {
    const html = document.documentElement;
    if (location.pathname.startsWith('/console')) html.className = wanted;
    for (const [at, step] of ['large', 'larger'].entries()) {
      if (html.classList.contains(step) === wanted.split(' ').includes(step)) continue;
      document.querySelectorAll<HTMLElement>('header button[aria-pressed]')[at]?.click();
    }
    if (html.className !== wanted) throw new Error(`text is ${html.className}, not ${wanted}`);
  }, size);

const settle = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))),
  );

/**
 * Measures the page as it stands, in one language: at three widths, in three sizes of text, with the spacing of WCAG 1.4.12, in text twice
 * as large, light, dark, in forced colours and with less motion; and goes through it by Tab.
 */
export async function measure(
  page: Page,
  language: Language,
  isOpened: boolean,
): Promise<Measured> {
  const { pathname } = new URL(page.url());
  const isConsole = pathname.startsWith('/console');
  const isHome = portals.some(({ id }) => ['/', `/${id}`, `/${id}/`].includes(pathname));
  const found = nothingMeasured();
  const note = (group: Group, how: string, { looked, wrong }: Finding) => {
    found[group].looked += looked;
    found[group].wrong.push(...wrong.map((line) => `${language}, ${how}: ${line}`));
  };
  const axe = async (group: Group, how: string, runOnly: RunOptions['runOnly'] & object) => {
    const options: RunOptions = { runOnly, resultTypes: ['violations'], preload: false };
    const { violations, passes } = await page.evaluate<AxeResults>(
      `axe.run(${JSON.stringify(options)})`,
    );
    note(group, how, {
      looked: passes.length + violations.length,
      wrong: violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
      ),
    });
  };
  const contrast = (how: string) =>
    axe('contrast', how, { type: 'rule', values: ['color-contrast'] });
  const show = async (screen: keyof typeof screens, size = '') => {
    await page.setViewportSize(screens[screen]);
    await setText(page, size);
    await settle(page);
  };

  await page.evaluate(install);
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axeCore.source);

  await show('phone');
  note(
    'structure',
    'phone',
    await page.evaluate(structure, {
      language: language === 'zh' ? 'zh-CN' : 'en',
      isConsole,
      isOpened,
    }),
  );
  note('forms', 'phone', await page.evaluate(forms, { isConsole }));
  note(
    'targets',
    'phone',
    await page.evaluate(targets, { least: isConsole ? 24 : isHome ? 48 : 44 }),
  );
  note('contrast', 'light', await page.evaluate(edges));
  await axe('axe', 'phone', { type: 'tag', values: tags });

  // The console has one larger size, all other pages have two.
  const sizes = isConsole ? ['', 'large'] : ['', 'large', 'large larger'];
  for (const size of sizes) {
    await show('narrow', size);
    note('reflow', `320 px ${size}`.trim(), await page.evaluate(reflow));
  }
  await show('narrow');
  await withSheet(page, sheets.spacing, async () => {
    note('reflow', '320 px, spaced', await page.evaluate(reflow));
  });
  await show('desk');
  note('reflow', '1280 px', await page.evaluate(reflow));
  await withSheet(page, sheets.twice, async () => {
    await settle(page);
    note('reflow', '1280 px, text twice as large', await page.evaluate(reflow));
  });

  if (!isConsole) {
    await show('phone', 'large');
    note('elderly', 'large', await page.evaluate(elderly, { least: 18, main: 18 }));
    note('elderly', 'large', await page.evaluate(targets, { least: 60 }));
    await show('desk', 'large');
    note('elderly', '1280 px, large', await page.evaluate(columns));
    await show('phone', 'large larger');
    note('elderly', 'larger', await page.evaluate(elderly, { least: 18, main: 30 }));
  }
  const other = language === 'zh' ? 'large' : '';
  await show('phone', other);
  await page.emulateMedia({ colorScheme: 'dark' });
  await contrast(`dark ${other}`.trim());
  note('contrast', 'dark', await page.evaluate(edges));
  await page.emulateMedia({ colorScheme: 'light' });
  if (language === 'zh') await contrast('light large');

  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  note('modes', 'forced colours', await page.evaluate(forced));
  note('modes', 'less motion', await page.evaluate(motion));
  await show('phone');
  if (language === 'zh') note('modes', 'forced colours', await walk(page));
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });

  await show(language === 'zh' ? 'narrow' : 'desk', language === 'zh' ? 'large' : '');
  await page.emulateMedia({ colorScheme: language === 'zh' ? 'dark' : 'light' });
  note('keyboard', language === 'zh' ? '320 px large, dark' : '1280 px', await walk(page));
  return found;
}

/** Shows the page on a phone, light and in the usual size of text, as it was before it was measured. */
export async function leaveAsItWas(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(screens.phone);
  await setText(page, '');
}

/** Goes through the page by Tab: everything is reached, in the order of the document, and is seen to be. */
async function walk(page: Page): Promise<Finding> {
  const wrong: string[] = [];
  await page.evaluate(() => {
    scrollTo(0, 0);
    // Tab goes on from where the page was pressed last.
    const start = document.createElement('span');
    start.tabIndex = -1;
    (document.querySelector('dialog:modal') ?? document.body).prepend(start);
    start.focus();
    start.remove();
  });
  let last = -1;
  let first: number | undefined;
  for (let steps = 0; steps < 250; steps += 1) {
    await page.keyboard.press('Tab');
    const stopped = await page.evaluate(stop);
    if (stopped === null || stopped.at === first) break;
    first ??= stopped.at;
    wrong.push(...stopped.wrong);
    if (stopped.at < last) wrong.push(`Tab goes back at ${stopped.at}`);
    last = stopped.at;
  }
  const { looked, wrong: left } = await page.evaluate(unreached);
  return { looked, wrong: [...wrong, ...left] };
}

/** Sends each form of the page that has something to fill in as it is, and looks at how it is refused. */
export async function measureRefusal(
  page: Page,
  language: Language,
  found: Measured,
): Promise<void> {
  const empty = page.locator(
    'main form:has(input[type=text], input[type=password], input[type=tel], input[type=email], textarea) button[type=submit]',
  );
  if ((await empty.count()) !== 1) return;
  await empty.press('Enter');
  await settle(page);
  const { looked, wrong } = await page.evaluate(refused);
  found.forms.looked += looked;
  found.forms.wrong.push(...wrong.map((line) => `${language}, refused: ${line}`));
}
