import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { fetchProblems } from './copy/failures.ts';
import { hearAutofill } from './form/autofill.ts';
import { keepTranslatedTextAlive } from './ui/translated.ts';
import { takeOver } from './take-over.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/pages.css';
import './styles/print.css';

/** A page whose question is not answered by then listens all the same. */
const longestMs = 3_000;

hearAutofill();
keepTranslatedTextAlive(document.body);
const root = document.getElementById('app');
if (root !== null) {
  if (root.hasChildNodes()) {
    // First in the document, so that whoever looks for an id finds the new page's.
    const made = document.createElement('div');
    made.id = root.id;
    made.hidden = true;
    root.before(made);
    let isDone = false;
    const once = () => {
      if (!isDone) takeOver(root, made);
      isDone = true;
    };
    render(() => <App onShown={once} />, made);
    setTimeout(once, longestMs);
  } else render(() => <App />, root);
  // Old iPhones know no idle time; a second after the start the page has what it needs.
  setTimeout(() => void fetchProblems(), 1_000);
}
