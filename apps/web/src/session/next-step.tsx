import type { Need, NextStep, Proved, ReviewWay } from '@shiming/domain';
import { For, onMount, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { levelName } from '../copy/levels.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { Note, type Tone } from '../ui/blocks.tsx';
import {
  bindingPath,
  identityPath,
  levelsPath,
  profilePath,
  reviewPath,
  verificationPath,
} from './next.ts';
import { zh } from './next-step.zh.ts';
import { useSession } from './session.tsx';

const copy = defineCopy(zh, () => import('./next-step.en.ts'));

type Way = { label: string; path: string };

/**
 * A next step in words. `also` is a second way that is open; `several` are the ways to all that is missing, in order, where it
 * is more than one thing (S-LOG-02).
 */
export type Told = {
  tone: Tone;
  title: string;
  text?: string;
  several?: readonly Way[];
  action?: Way;
  also?: Way;
};

type Stands = { next: NextStep; proved: Proved | null; missing: readonly Need[] };

const wayOf = (review: ReviewWay): { also?: Way } =>
  review === 'none' ? {} : { also: { label: copy().review.ways[review], path: reviewPath } };

function readyBy(proved: Proved | null) {
  if (proved === null) return 'unchecked';
  return proved.by === 'review' ? 'review' : 'authority';
}

/** The ways to all that the portal's services need and the account does not have, where it is more than one thing. */
function severalOf(missing: readonly Need[], path?: string): Pick<Told, 'several'> {
  const to: Record<Need, (next?: string) => string> = {
    identity: identityPath,
    profile: profilePath,
    binding: bindingPath,
  };
  const several = missing.map((need) => ({ label: copy().needs[need], path: to[need](path) }));
  return several.length > 1 ? { several } : {};
}

/** The words for where a person stands. `path` is where the person wants to come to, when all is done. */
export function tellNext({ next, proved, missing }: Stands, path?: string): Told {
  const {
    keep,
    identity,
    binding,
    profile,
    consent,
    answer,
    waiting,
    asking,
    verify,
    later,
    review,
    raise,
  } = copy();
  switch (next.step) {
    case 'keep_account':
      return {
        tone: 'warn',
        title: keep.title(formatInstant(next.closesAtMs)),
        text: keep.text,
        action: { label: keep.action, path: '/account' },
      };
    case 'give_identity':
      return {
        tone: 'info',
        title: missing.length > 1 ? copy().several(missing.length) : identity.title,
        ...(missing.length > 1 ? severalOf(missing, path) : { text: identity.text }),
        action: { label: identity.action, path: identityPath(path) },
      };
    case 'bind':
      return {
        tone: 'info',
        title: binding.title,
        text: binding.text,
        action: { label: binding.action, path: bindingPath(path) },
      };
    case 'complete_profile':
      return {
        tone: 'info',
        title: next.afterwards === 'verify' ? profile.title : profile.titleReview,
        ...severalOf(missing, path),
        text: profile.text,
        action: { label: profile.action, path: profilePath(path) },
      };
    case 'consent':
      return {
        tone: 'warn',
        title: consent.title,
        text: consent.text,
        action: { label: consent.action, path: '/account/data#consents' },
      };
    case 'answer_review':
      return {
        tone: 'warn',
        title: answer.title,
        text: next.untilMs === null ? answer.textOpen : answer.text(formatInstant(next.untilMs)),
        action: { label: answer.action, path: reviewPath },
      };
    case 'await_review':
      return {
        tone: 'info',
        title: waiting.title,
        text: waiting.text(formatDate(next.dueDate ?? '')),
        action: { label: waiting.action, path: reviewPath },
      };
    case 'await_authority':
      return {
        tone: 'info',
        title: asking.title,
        text: asking.text,
        action: { label: asking.action, path: verificationPath(path) },
      };
    case 'await_number':
    case 'claim_number': {
      const { title, text, action } = copy().number[next.step];
      return { tone: 'info', title, text, action: { label: action, path: '/account/number' } };
    }
    case 'verify':
      return {
        tone: 'info',
        title: verify.title,
        text: verify.text(next.left),
        action: { label: verify.action, path: verificationPath(path) },
        ...wayOf(next.review),
      };
    case 'verify_later':
      return {
        tone: 'warn',
        title: later.title,
        text: later.text(formatInstant(next.atMs)),
        action: { label: later.action, path: '/account/verification?at=result' },
        ...wayOf(next.review),
      };
    case 'ask_for_review': {
      const isRejected = next.review === 'rejected';
      return {
        tone: isRejected ? 'warn' : 'info',
        title: isRejected ? review.rejected : review.title,
        text: isRejected ? review.rejectedText : review.text,
        action: {
          label: review.ways[next.review === 'none' ? 'new' : next.review],
          path: reviewPath,
        },
      };
    }
    case 'ask_for_review_later':
      return {
        tone: 'warn',
        title: review.rejected,
        text: review.laterText(formatInstant(next.atMs)),
        action: { label: review.ways.rejected, path: reviewPath },
      };
    case 'raise_level':
      return {
        tone: 'info',
        title: raise.title(levelName(next.to)),
        text: raise.text,
        action: { label: raise.action, path: levelsPath },
      };
    case 'use_services':
      return { tone: 'ok', title: copy().ready[readyBy(proved)] };
  }
}

/** The next step of the person who is signed in, asked for again where a page opens that speaks of it; `undefined` for nobody. */
export function useNextStep(path?: string): () => Told | undefined {
  const session = useSession();
  // When the site opens it is being asked for already.
  onMount(() => void (session.current() !== undefined && session.refresh()));
  return () => {
    const current = session.current();
    return current ? tellNext(current, path) : undefined;
  };
}

/** What comes next, and the way there. */
export function NextStepNote(props: { told: Told }) {
  return (
    <Note tone={props.told.tone}>
      <div class="tight">
        <p>
          <b>{props.told.title}</b> {props.told.text}
        </p>
        <Show when={props.told.several}>
          {(ways) => (
            <ol>
              <For each={ways()}>
                {(way) => (
                  <li>
                    <A class="alone" href={way.path}>
                      {way.label}
                    </A>
                  </li>
                )}
              </For>
            </ol>
          )}
        </Show>
        <Show when={props.told.action ?? props.told.also}>
          <NextStepWays told={props.told} />
        </Show>
      </div>
    </Note>
  );
}

/** The buttons of a next step. */
export function NextStepWays(props: { told: Told }) {
  return (
    <div class="row">
      <Show when={props.told.action}>
        {(way) => (
          <A class="btn" href={way().path}>
            {way().label}
          </A>
        )}
      </Show>
      <Show when={props.told.also}>
        {(way) => (
          <A class="btn quiet" href={way().path}>
            {way().label}
          </A>
        )}
      </Show>
    </div>
  );
}
