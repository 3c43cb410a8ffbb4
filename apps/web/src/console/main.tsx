import { render } from 'solid-js/web';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/components.css';
import './console.css';
import './case/case.css';
import '../styles/print.css';
import { hearTouches } from '../copy/failures.ts';
import { fetchWords } from '../copy/language.ts';
import { hearAutofill } from '../form/autofill.ts';
import { keepTranslatedTextAlive } from '../ui/translated.ts';
import { Console } from './console.tsx';
import './problems.ts';

hearAutofill();
hearTouches();
keepTranslatedTextAlive(document.body);
const root = document.getElementById('app');
if (root !== null) void fetchWords().then(() => render(() => <Console />, root));
