import { Show } from 'solid-js';
import { isEnglishMissing, language, setLanguage } from '../copy/language.ts';
import { ui } from '../copy/ui.ts';

const isChinese = () => language() === 'zh';

/** Switches the page to the other language. */
export function LanguageButton() {
  return (
    <button
      type="button"
      lang={isChinese() ? 'en' : 'zh-CN'}
      onClick={() => void setLanguage(isChinese() ? 'en' : 'zh')}
    >
      {isChinese() ? 'English' : '中文'}
    </button>
  );
}

/** Says that the page is Chinese because the English words did not arrive. */
export function EnglishMissing() {
  return (
    <div role="status">
      <Show when={isEnglishMissing()}>
        <div class="banner">
          <p class="wrap" lang="en">
            {ui().englishMissing}
          </p>
        </div>
      </Show>
    </div>
  );
}
