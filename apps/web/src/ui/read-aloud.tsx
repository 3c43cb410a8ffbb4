import { createEffect, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { fetchWords, language, locales } from '../copy/language.ts';
import { useLocation } from '../router/router.tsx';
import { zh } from './read-aloud.zh.ts';

const copy = defineCopy(zh, () => import('./read-aloud.en.ts'));

/** What is seen of `main`, block by block in the order of the document; nothing of what stands in fields. */
function texts(main: Element): string[] {
  const found: string[] = [];
  let last: Element | null = null;
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { textContent, parentElement } = walk.currentNode;
    if (parentElement === null || !textContent?.trim()) continue;
    const isHidden = parentElement.closest('[aria-hidden=true], select, textarea') !== null;
    if (isHidden || parentElement.getClientRects().length === 0) continue;
    let block: Element | null = parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (block === last) found.push(`${found.pop()}${textContent}`);
    else found.push(textContent);
    last = block;
  }
  return found;
}

/**
 * Reads the page aloud in the language that it has. It stands where the browser says that a voice for that is on
 * the device: another one sends what it reads to its maker.
 */
export function ReadAloud() {
  const location = useLocation();
  const [voices, setVoices] = createSignal<SpeechSynthesisVoice[]>([]);
  const [isReading, setReading] = createSignal(false);
  const voice = () => {
    const own = voices().filter((each) => each.localService && each.lang.startsWith(language()));
    // Android writes zh_CN; of several, that of Hong Kong speaks Cantonese.
    return own.find(({ lang }) => lang.replace('_', '-') === locales[language()]) ?? own[0];
  };
  const find = () => void fetchWords().then(() => setVoices(speechSynthesis.getVoices()));
  const stop = () => {
    speechSynthesis.cancel();
    setReading(false);
  };
  const read = () => {
    const found = texts(document.getElementById('main') ?? document.body);
    setReading(found.length > 0);
    for (const text of found) {
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice() ?? null;
      words.lang = words.voice?.lang ?? '';
      for (const end of ['end', 'error'])
        words.addEventListener(end, () =>
          setReading(speechSynthesis.speaking || speechSynthesis.pending),
        );
      speechSynthesis.speak(words);
    }
  };
  onMount(() => {
    find();
    speechSynthesis.addEventListener('voiceschanged', find);
    addEventListener('pagehide', stop);
  });
  onCleanup(() => {
    speechSynthesis.removeEventListener('voiceschanged', find);
    removeEventListener('pagehide', stop);
    stop();
  });
  createEffect(on([() => location.pathname, language], stop, { defer: true }));
  return (
    <Show when={voice()}>
      <button type="button" onClick={() => (isReading() ? stop() : read())}>
        {isReading() ? copy().stop : copy().read}
      </button>
    </Show>
  );
}
