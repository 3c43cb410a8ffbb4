import type { Contact } from './contact.ts';
import type { ContactKind } from './notices.ts';
import type { Portal } from './portals/index.ts';

/**
 * The steps that flows are made of, as data. What a step takes is parsed by a function of its own
 * (`parseDocumentAnswers`, `parsePasswordAnswers`, …), so that a page loads no other's.
 */
export type StepId =
  | 'document'
  | 'password'
  | 'contact'
  | 'code'
  | 'verify'
  | 'check'
  | 'identify'
  | 'user_name'
  | 'proof';

/** What is true of a step in whichever flow it stands. */
type Step = {
  /** Its address below that of its flow. */
  path: string;
  /** Steps that must come before it, wherever a portal puts it: all those before it in the list are done first, too. */
  needs: readonly StepId[];
  /** Steps that are to be done again once this one was, and those only when its answer has become another. */
  undoes?: readonly StepId[];
  undoesWhenChanged?: readonly StepId[];
  /** Kinds of contact that it may prove. */
  proves?: readonly ('mobile' | 'email' | 'wechat')[];
  /** Whether it can be opened again once it is done: what was right is not entered, or asked, again. */
  isOnce?: true;
  /** The step whose number it has in the step line, where it has none of its own. */
  isPartOf?: StepId;
};

export const steps: Readonly<Record<StepId, Step>> = {
  /**
   * Another number begins again: a password must not be made from the new one either, and one proved phone may be told
   * of one number whether it is taken, and not of many.
   */
  document: {
    path: '/document',
    needs: [],
    undoesWhenChanged: ['password', 'contact', 'code', 'verify'],
  },
  password: { path: '/password', needs: [] },
  /** Done when a code was asked for. */
  contact: { path: '/contact', needs: [], undoes: ['code', 'verify'] },
  code: {
    path: '/code',
    needs: ['contact'],
    proves: ['mobile', 'email', 'wechat'],
    isOnce: true,
    isPartOf: 'contact',
  },
  /** The check before there is an account (E-REG-01): once a contact is proved, since its answer is about a person. */
  verify: { path: '/verify', needs: ['document', 'contact', 'code'], isOnce: true },
  /** Everything once more, then it is finished. */
  check: { path: '/check', needs: ['password', 'contact', 'code'] },
  identify: { path: '', needs: [] },
  /** The contact by which somebody signs in; a code goes there at once. */
  user_name: { path: '', needs: [] },
  /** The proof, by a way that the person chooses, then it is finished: with the new password, or by the user name. */
  proof: { path: '/way', needs: [], proves: ['mobile', 'email', 'wechat'] },
};

/** The rules by which a code of a step may have been given, one for each kind of contact that it proves. */
export const codeRulesOf = ({ codes }: Pick<Portal, 'codes'>, step: StepId) => {
  const rules = { mobile: codes.sms, email: codes.mail, wechat: codes.weChat };
  return (steps[step].proves ?? []).map((kind) => rules[kind]);
};

/** A flow of a portal: the steps in the order in which they are done. The last one finishes it. */
export type Flow = { path: string; steps: readonly StepId[] };

/** `find_user_name` only where people sign in by a contact: a number is forgotten less than an address. */
export type FlowId = 'register' | 'recover' | 'find_user_name';

/** The address of a step's page. */
export const pathOf = (flow: Flow, step: StepId): string => `${flow.path}${steps[step].path}`;

/** The first step that is not done: where a person who comes back goes on. The last one is never done. */
export function nextStep(flow: Flow, done: readonly StepId[]): StepId {
  const next = flow.steps.find((step) => !done.includes(step)) ?? flow.steps.at(-1);
  if (next === undefined) throw new Error(`The flow at ${flow.path} has no steps.`);
  return next;
}

/** The step to be done instead of one that is out of order; `null` where that one may be done. `next` is the next step. */
export function stepInstead(flow: Flow, step: StepId, next: StepId): StepId | null {
  const isEarly = flow.steps.indexOf(step) > flow.steps.indexOf(next);
  return isEarly || (steps[step].isOnce === true && step !== next) ? next : null;
}

/** The steps that are done once one more is. */
export function doneAfter(
  done: readonly StepId[],
  step: StepId,
  { isChanged = false } = {},
): StepId[] {
  const { undoes = [], undoesWhenChanged = [] } = steps[step];
  const undone = new Set<StepId>([...undoes, ...(isChanged ? undoesWhenChanged : [])]);
  return [...new Set([...done, step])].filter((each) => !undone.has(each));
}

/** The place of a step in the step line, and how many there are. */
export function stepLine(flow: Flow, step: StepId): { at: number; of: number } {
  const parts = flow.steps.filter((each) => steps[each].isPartOf === undefined);
  return { at: parts.indexOf(steps[step].isPartOf ?? step) + 1, of: parts.length };
}

/** The contact that a registration has a code sent to. */
export const provedKindOf = ({ mobile }: Contact): ContactKind =>
  mobile === '' ? 'email' : 'mobile';
