import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { hearTouches } from './copy/failures.ts';
import { fetchWords } from './copy/language.ts';
import { hearAutofill } from './form/autofill.ts';
import { keepTranslatedTextAlive } from './ui/translated.ts';
import { makeBeside } from './painted.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/pages.css';
import './styles/print.css';

hearAutofill();
hearTouches();
keepTranslatedTextAlive(document.body);
async function start(root: HTMLElement): Promise<void> {
  await fetchWords();
  if (root.hasChildNodes()) {
    makeBeside(root, (made, onShown) => render(() => <App onShown={onShown} />, made));
  } else render(() => <App />, root);
}

const root = document.getElementById('app');
if (root !== null) void start(root);
