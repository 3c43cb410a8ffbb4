import { For, onMount } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { A } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { OperatorFacts } from './operator-facts.tsx';
import { CredentialGuide } from '../verification/credential-guide.tsx';
import { zh } from './help.zh.ts';
import { holds, saidHere } from './holds.ts';
import { withRules } from './rules.ts';
import { addressOf } from '../portal.ts';

const copy = defineCopy(zh, () => import('./help.en.ts'));

/** 常见问题. `/help#registration`, `#sign-in`, `#recovery`, `#verification` and `#contact` open at the part that fits (T-ENT-05). */
export function Help() {
  const entries = () => [
    ...copy().parts,
    { id: 'credential', title: copy().credential },
    { id: 'contact', title: copy().contact },
  ];
  return (
    <Page title={copy().title} lead={copy().lead}>
      <nav aria-label={copy().contents}>
        <ul class="toc">
          <For each={entries()}>
            {(part) => (
              <li>
                <a
                  href={addressOf(`/help#${part.id}`)}
                  onClick={() => document.getElementById(part.id)?.scrollIntoView()}
                >
                  {part.title}
                </a>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <For each={copy().parts}>
        {(part) => (
          <section id={part.id} class="questions">
            <h2>{part.title}</h2>
            <For each={part.questions.filter(({ at }) => holds(at))}>
              {(each) => <Question question={each.question} answer={saidHere(each.answer)} />}
            </For>
          </section>
        )}
      </For>
      <section id="credential" class="stack">
        <h2>{copy().credential}</h2>
        <CredentialGuide />
      </section>
      <section id="contact" class="stack">
        <h2>{copy().contact}</h2>
        <p>{copy().contactText}</p>
        <div class="row">
          <A class="btn" href="/tickets/new">
            {copy().write}
          </A>
          <A class="alone" href="/tickets">
            {copy().followUp}
          </A>
        </div>
        <OperatorFacts />
      </section>
    </Page>
  );
}

function Question(props: { question: string; answer: readonly string[] }) {
  let details: HTMLDetailsElement | undefined;
  // Paper cannot be pressed: everything is open when the page is printed.
  const open = () => details?.setAttribute('open', '');
  onMount(() => addEventListener('beforeprint', open, { once: true }));
  return (
    <details ref={(element) => (details = element)} class="reveal">
      <summary>{props.question}</summary>
      <div class="tight">
        <For each={props.answer}>{(paragraph) => <p>{withRules(paragraph)}</p>}</For>
      </div>
    </details>
  );
}
