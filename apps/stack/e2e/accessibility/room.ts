import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShimingClient, type ShimingClient } from '@shiming/client';
import { pageVersion, pageVersionHeader, portals } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { root } from '../../src/paths.ts';
import { mailsTo, onPhone, picture, runScheduled, tolerate, webUrl } from '../harness.ts';
import type { Language } from '../pages.ts';
import { groups, keptIn, type Looked, nothingMeasured, type Place } from './findings.ts';
import { leaveAsItWas, measure, measureRefusal } from './measure.ts';
import { applicantRoutes, consoleRoutes, routeOf } from './routes.ts';

export type Visit = {
  /** Where it is opened: a path, or an address that leads to it. */
  path: string;
  /** The path of the page that is looked at, where it is another. */
  at?: string;
  /** What has to happen before the page can be opened; once, not for each language. */
  before?: (page: Page) => Promise<unknown>;
  /** What stands open, where the page alone does not say it. */
  what?: string;
  /** Opens it, on the page as it came. */
  open?: (page: Page, language: Language) => Promise<void>;
  /** What is open is there once: the other language is chosen on the page as it stands. */
  isOnce?: true;
};

const languages = ['zh', 'en'] as const;
const applicants = applicantRoutes();
const consoles = consoleRoutes();
const [first, ...others] = portals;

/** The commit of what is measured, which says so where files have been changed since. */
const commitNow = () =>
  execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

/** The route that an address leads to, and the portal below which it lies. */
export function placeOf(url: string): Place {
  const { pathname } = new URL(url, webUrl);
  if (pathname.startsWith('/console'))
    return { portal: 'console', route: routeOf(consoles, pathname) };
  const other = others.find(({ id }) => `${pathname}/`.startsWith(`/${id}/`));
  const path = other === undefined ? pathname : pathname.slice(other.id.length + 1);
  return { portal: (other ?? first)?.id ?? '', route: routeOf(applicants, path || '/') };
}

/** Resolves when the page that was asked for stands. */
export async function standing(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await expect.poll(() => page.locator('.loading').count()).toBe(0);
}

/** A client in the browser of this page: what it signs in is signed in there. */
export const clientIn = (page: Page, prefix = ''): ShimingClient =>
  createShimingClient({
    url: webUrl + prefix,
    fetch: async (sent) => {
      const { status, body } = await page.evaluate(
        async ({ url, method, type, text, version }) => {
          const answer = await fetch(url, {
            method,
            ...(method === 'GET'
              ? {}
              : { body: text, headers: { ...version, 'content-type': type } }),
          });
          return { status: answer.status, body: await answer.text() };
        },
        {
          url: sent.url,
          method: sent.method,
          version: { [pageVersionHeader]: pageVersion },
          type: sent.headers.get('content-type') ?? 'application/json',
          text: sent.method === 'GET' ? '' : await sent.text(),
        },
      );
      return new Response(body, { status, headers: { 'content-type': 'application/json' } });
    },
  });

/** The newest link with `part` in it that was mailed to an address. */
export async function linkTo(address: string, part: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      await runScheduled();
      const links = (await mailsTo(address)).flatMap((mail) => mail.links);
      link = links.findLast((each) => each.includes(part));
      return link;
    })
    .toBeDefined();
  return link ?? '';
}

/** Chooses English on the page, also where a dialog stands before the button. */
async function switchLanguage(page: Page): Promise<void> {
  const button = page
    .locator('header')
    .getByRole('button', { name: 'English', includeHidden: true });
  await button.evaluate((element: HTMLElement) => element.click());
  await page.mainFrame().locator('html[lang=en]').waitFor({ state: 'attached' });
}

/**
 * Measures the pages that somebody has open, and keeps what was found under the room's name. `arrive` makes the browser theirs; a visit
 * that leads to another page than it asked for is a failure.
 */
export async function room(
  name: string,
  who: string,
  visits: readonly Visit[],
  arrive: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const commit = commitNow();
  const found: Looked[] = [];
  const astray: string[] = [];
  await onPhone(
    async (page) => {
      // Pages of links that lead nowhere are looked at, too.
      tolerate(page, /./);
      page.setDefaultTimeout(30_000);
      // Chromium without a screen has no voice, and so no button that reads aloud.
      await page.addInitScript(() => {
        const voices = ['zh-CN', 'en-GB'].map((lang) => ({ lang, localService: true }));
        Object.assign(speechSynthesis, { getVoices: () => voices });
      });
      await page.goto('/help');
      await arrive(page);
      for (const visit of visits) {
        try {
          const looked = await look(page, name, visit);
          found.push({ ...looked, who: [who, visit.what].filter(Boolean).join(', '), commit });
        } catch (error) {
          astray.push(`${name}: ${visit.path}: ${String(error).slice(0, 300)}`);
          console.log(astray.at(-1));
        }
      }
    },
    { hasTouch: false, isMobile: false, deviceScaleFactor: 1 },
  );
  mkdirSync(keptIn, { recursive: true });
  writeFileSync(join(keptIn, `${name}.json`), JSON.stringify(found, null, 1));
  expect(astray).toEqual([]);
}

/** One visit in both languages. */
async function look(
  page: Page,
  name: string,
  { path, at = path, what = '', before, open, isOnce }: Visit,
): Promise<Omit<Looked, 'who' | 'commit'>> {
  const measured = nothingMeasured();
  const asked = placeOf(at);
  await before?.(page);
  for (const language of languages) {
    if (isOnce && language === 'en') await switchLanguage(page);
    else {
      await page.context().addCookies([{ name: 'language', value: language, url: webUrl }]);
      await page.goto(path);
      await standing(page);
      await open?.(page, language);
    }
    if (placeOf(page.url()).route !== asked.route) throw new Error(`leads to ${page.url()}`);
    const shown = `${name}${at.replaceAll(/\W/g, '-')}${what && `-${what.replaceAll(' ', '-')}`}-${language}`;
    await picture(page, shown);
    const part = await measure(page, language, what !== '');
    await picture(page, `${shown}-large`);
    await leaveAsItWas(page);
    if (what === '') await measureRefusal(page, language, part);
    for (const group of groups) {
      measured[group].looked += part[group].looked;
      measured[group].wrong.push(...part[group].wrong);
    }
  }
  console.log(at, what, groups.map((group) => measured[group].wrong.length).join(' '));
  for (const group of groups) {
    for (const line of new Set(measured[group].wrong)) console.log(`  ${group}: ${line}`);
  }
  return { ...asked, measured };
}
