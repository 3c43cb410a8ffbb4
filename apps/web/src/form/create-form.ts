import type { FieldCode } from '@shiming/domain';
import { createMemo, createSignal } from 'solid-js';
import type { Failure } from '../api.ts';
import { keptForm } from './kept.ts';
import { attempt, type On } from './refusals.ts';

/** What stands beside a field: the rule's code, or a refusal of the server that belongs to the field. */
export type FieldProblem = FieldCode | Failure;

/** Problems by field name. */
export type Problems = Readonly<Record<string, FieldProblem>>;

/** One field as its component sees it. */
export type FieldBinding<T> = {
  name: string;
  value(): T;
  set(value: T): void;
  problem(): FieldProblem | undefined;
  isSubmitting(): boolean;
};

/** The form as the page's frame sees it: what to list in the summary, and when to move the focus there. */
export type FormReport = {
  problems(): readonly { name: string; problem: FieldProblem }[];
  /** A refusal of the whole request, which no field can mend. */
  failure(): Failure | undefined;
  /** Counts the failed submissions: the summary takes the focus when it rises. */
  failedSubmits(): number;
};

export type Form<V extends object> = FormReport & {
  values: V;
  field<K extends keyof V & string>(name: K): FieldBinding<V[K]>;
  isSubmitting(): boolean;
  /** For `<form onSubmit>`. */
  submit(event: SubmitEvent): void;
};

/**
 * A form that is checked when it is submitted; once it has been refused, each field is checked again as
 * it is edited (UX-01, UX-07). Values are kept whatever happens.
 *
 * `validate` is the rule the server uses too. `submit` may throw: refused fields are shown at the fields, and `on` says
 * what another refusal does, such as a wrong code's: `on: { ...useSignedIn(), 'code.wrong': at('code') }`. `spends` is
 * the field whose value is good for one request: it is emptied when the server refuses.
 * What was typed before an outdated page loaded again stands in it again, and the summary says so.
 * `initial` has the fields in the order of the page, each with a value: `''` or `false` when nothing is known.
 */
export function createForm<V extends object>(options: {
  initial: V;
  validate(values: V): { ok: true } | { ok: false; fields: Problems };
  submit(values: V): Promise<unknown>;
  on?: On<keyof V & string>;
  spends?: keyof V & string;
}): Form<V> {
  const names = Object.keys(options.initial) as (keyof V & string)[];
  const kept = keptForm(names, () => all() as Record<string, unknown>);
  const [all, setAll] = createSignal<V>({ ...options.initial, ...kept });
  // Each field is watched on its own: an edit of one leaves alone what depends on another.
  const values = {} as V;
  for (const name of names) {
    Object.defineProperty(values, name, { enumerable: true, get: createMemo(() => all()[name]) });
  }
  const [problems, setProblems] = createSignal<Problems>({});
  const [failure, setFailure] = createSignal<Failure | undefined>(
    kept && { code: 'page.outdated' },
  );
  const [failedSubmits, setFailedSubmits] = createSignal(kept === undefined ? 0 : 1);
  const [isSubmitting, setSubmitting] = createSignal(false);

  /** What only the server can know of the fields, such as a wrong password: it stays until its own field is edited. */
  let refusedByServer: Problems = {};
  const refusals = (): Problems => {
    const answer = options.validate(all());
    return answer.ok ? {} : answer.fields;
  };
  const fail = (fields: Problems, whole?: Failure) => {
    setProblems(fields);
    setFailure(() => whole);
    setFailedSubmits((count) => count + 1);
  };
  const send = async () => {
    setSubmitting(true);
    setProblems({});
    refusedByServer = {};
    setFailure(undefined);
    const left = await attempt(() => options.submit(all()), options.on ?? {}, all());
    setSubmitting(false);
    if (left === undefined) return;
    const { failure: refusal } = left;
    const { spends } = options;
    // A server that was not reached has used up nothing.
    if (spends !== undefined && !refusal.code.startsWith('network.')) {
      setAll((before) => ({ ...before, [spends]: '' }));
    }
    if (refusal.code === 'input.invalid') fail((refusedByServer = refusal.fields));
    else if (left.at === undefined) fail({}, refusal);
    else fail({ [left.at]: refusal });
  };

  return {
    values,
    field: (name) => ({
      name,
      value: () => values[name],
      set(value) {
        setAll((before) => ({ ...before, [name]: value }));
        // A server's word about the old value says nothing about the new one; the rules are asked again.
        const { [name]: _, ...others } = refusedByServer;
        refusedByServer = others;
        if (failedSubmits() > 0) {
          setProblems(keepShown(problems(), name, { ...refusedByServer, ...refusals() }));
        }
      },
      problem: () => problems()[name],
      isSubmitting,
    }),
    problems: () =>
      names.flatMap((name) => {
        const problem = problems()[name];
        return problem === undefined ? [] : [{ name, problem }];
      }),
    failure,
    failedSubmits,
    isSubmitting,
    submit(event) {
      event.preventDefault();
      if (isSubmitting()) return;
      const refused = refusals();
      if (Object.keys(refused).length > 0) fail(refused);
      else void send();
    },
  };
}

/** After an edit: the edited field's new state, and of the others only what is shown and still holds. */
function keepShown(shown: Problems, edited: string, refused: Problems): Problems {
  const next: Record<string, FieldProblem> = {};
  for (const [name, problem] of Object.entries(shown)) {
    if (name === edited) continue;
    const now = typeof problem === 'string' ? refused[name] : problem;
    if (now !== undefined) next[name] = now;
  }
  const own = refused[edited];
  if (own !== undefined) next[edited] = own;
  return next;
}
