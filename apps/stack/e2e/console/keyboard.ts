import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Fails if anything was pointed at, clicked or scrolled by a mouse, a finger or a wheel while `use` ran. */
export async function withoutPointer(page: Page, use: () => Promise<void>): Promise<void> {
  const pointed: string[] = [];
  await page.exposeFunction('reportPointer', (type: string) => pointed.push(type));
  await page.addInitScript(() => {
    const here = window as unknown as { reportPointer: (type: string) => void };
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
      addEventListener(type, () => here.reportPointer(type), { capture: true, passive: true });
    }
  });
  await use();
  expect(pointed).toEqual([]);
}

/** Puts the focus on an element as somebody without a mouse does: from where it is, Tab by Tab. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let steps = 0; steps < 150; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

/** Reaches a link or a button and presses it. */
export async function press(
  page: Page,
  role: 'link' | 'button',
  name: string | RegExp,
): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: typeof name === 'string' }));
  await page.keyboard.press('Enter');
}

/** Reaches a field and types into it; what is not on a keyboard comes as from an input method. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: new RegExp(`^${label}`) }));
  await page.keyboard.insertText(text);
}

/** Presses the keys of a page, one after the other. */
export async function keys(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** Compares item by item, each with its photo, until an approval is ready to be confirmed. */
export async function compareAll(page: Page): Promise<void> {
  const ready = page.locator('.sure');
  await expect
    .poll(async () => {
      await page.keyboard.press('a');
      return ready.count();
    })
    .toBe(1);
}
