import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { fetchProblems } from './copy/failures.ts';
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
keepTranslatedTextAlive(document.body);
const root = document.getElementById('app');
if (root !== null) {
  void fetchWords().then(() => {
    if (root.hasChildNodes()) {
      makeBeside(root, (made, onShown) => render(() => <App onShown={onShown} />, made));
    } else render(() => <App />, root);
  });
  // Old iPhones know no idle time; a second after the start the page has what it needs.
  setTimeout(() => void fetchProblems(), 1_000);
}
