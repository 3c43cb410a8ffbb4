import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../copy/language.ts';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { waitFor } from '../testing-wait.ts';
import { ReadAloud } from './read-aloud.tsx';

type Voice = { lang: string; localService: boolean };
type Words = EventTarget & { text: string; voice: Voice | null };

afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage('zh');
});

/** A device with these voices; what it is about to say, and the end of all of that. */
function device(...voices: Voice[]) {
  const said: Words[] = [];
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class extends EventTarget {
      text: string;
      constructor(text: string) {
        super();
        this.text = text;
      }
    },
  );
  vi.stubGlobal(
    'speechSynthesis',
    Object.assign(new EventTarget(), {
      speaking: false,
      pending: false,
      getVoices: () => voices,
      speak: (words: Words) => void said.push(words),
      cancel: () => void said.splice(0),
    }),
  );
  // jsdom lays nothing out.
  vi.spyOn(Element.prototype, 'getClientRects').mockImplementation(function (this: Element) {
    return (this.closest('[hidden]') ? [] : [{}]) as unknown as DOMRectList;
  });
  const [isShown, setShown] = createSignal(true);
  render(() => (
    <MemoryRouter>
      <Route
        path="*"
        component={() => (
          <>
            <Show when={isShown()}>
              <ReadAloud />
            </Show>
            <main id="main">
              <h1>更换手机号码</h1>
              <p>
                现在的号码是 <b>139****0031</b>，<a href="/help">怎么办</a>。
              </p>
              <p hidden>看不见的话</p>
              <label for="mobile">手机号码</label>
              <input id="mobile" value="13900000031" />
              <select>
                <option>汉族</option>
              </select>
            </main>
          </>
        )}
      />
    </MemoryRouter>
  ));
  return { said, leave: () => setShown(false) };
}

const mandarin = { lang: 'zh_CN', localService: true };

test('B2.20: the content is read block by block by a voice of the device, and nothing that stands in fields', async () => {
  const { said, leave } = device({ lang: 'zh-HK', localService: true }, mandarin);
  fireEvent.click(await screen.findByRole('button', { name: '朗读' }));
  expect(said.map(({ text }) => text)).toEqual([
    '更换手机号码',
    '现在的号码是 139****0031，怎么办。',
    '手机号码',
  ]);
  expect(new Set(said.map(({ voice }) => voice))).toEqual(new Set([mandarin]));
  fireEvent.click(screen.getByRole('button', { name: '停止朗读' }));
  expect(said).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: '朗读' }));
  said.at(-1)?.dispatchEvent(new Event('end'));
  fireEvent.click(await screen.findByRole('button', { name: '朗读' }));
  leave();
  expect(said).toEqual([]);
});

test('B2.20: a voice that is not of the device, which would send it elsewhere, reads nothing', async () => {
  const english = { lang: 'en-GB', localService: true };
  device({ lang: 'zh-CN', localService: false }, english);
  await setLanguage('en');
  await screen.findByRole('button', { name: 'Read aloud' });
  await setLanguage('zh');
  await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
});
