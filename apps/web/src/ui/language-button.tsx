import { Show } from 'solid-js';
import { isOtherMissing, language, setLanguage } from '../copy/language.ts';
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

/** Says that the page stays in its own language because the words of the other did not arrive. */
export function OtherLanguageMissing() {
  return (
    <div role="status">
      <Show when={isOtherMissing()}>
        <div class="banner">
          <p class="wrap" lang={isChinese() ? 'en' : 'zh-CN'}>
            {ui().otherMissing}
          </p>
        </div>
      </Show>
    </div>
  );
}
