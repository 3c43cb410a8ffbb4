import { type Failure, failureOf } from '../api.ts';
import { reloadOutdated } from './kept.ts';

/**
 * What a refusal does. `at` shows it at a field; `again` sends the same once more, because what was missing is there
 * now; another failure is shown instead; `undefined` leaves nothing to say.
 */
export type Effect<F extends string> = { at: F } | 'again' | Failure | undefined;

type Handler<F extends string, C> = (
  failure: Extract<Failure, { code: C }>,
  /** What was sent, such as the values of a form. */
  sent: unknown,
) => Effect<F> | void | Promise<Effect<F> | void>;

/** What each refusal does, by its code. One that is not here becomes the page's message. */
export type On<F extends string = never> = {
  readonly [C in Failure['code']]?: Handler<F, C>;
} & {
  /** What all others do. */
  readonly otherwise?: Handler<F, Failure['code']>;
};

/** What is left to say after a failure, and the field that it belongs to. */
export type Left<F extends string> = { failure: Failure; at?: F };

/** Shows a refusal at a field. */
export const at =
  <F extends string>(field: F) =>
  (): { at: F } => ({ at: field });

/** One handler for several codes. */
export const onEach = <C extends Failure['code'], H extends (failure: never) => unknown>(
  codes: readonly C[],
  handler: H,
) => Object.fromEntries(codes.map((code) => [code, handler])) as unknown as Record<C, H>;

/** Does `work`; where it fails, does what `on` says and resolves with what is left to say. */
export async function attempt<F extends string = never>(
  work: () => Promise<unknown>,
  on: On<F>,
  sent?: unknown,
  isRepeated = false,
): Promise<Left<F> | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'page.outdated' && reloadOutdated()) return undefined;
    // An index by a union loses which failure belongs to which handler.
    const handler = (on[failure.code] ?? on.otherwise) as Handler<F, Failure['code']> | undefined;
    if (handler === undefined) return { failure };
    try {
      const effect = await handler(failure, sent);
      if (effect === 'again') return isRepeated ? { failure } : attempt(work, on, sent, true);
      if (typeof effect !== 'object') return undefined;
      return 'at' in effect ? { failure, at: effect.at } : { failure: effect };
    } catch (failed) {
      return { failure: failureOf(failed) };
    }
  }
}
