export type CircuitOptions = { now: () => number; failures: number; openMs: number };

/**
 * Leaves a source alone for `openMs` after `failures` failures in a row: everybody gets `whenOpen` of the last
 * failure at once. Then one caller's question goes through, and its answer closes the circuit or opens it again.
 * What it knows is one isolate's own: it makes waiting shorter and limits nothing.
 */
export function throughCircuit<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  {
    now,
    failures,
    openMs,
    isFailure,
    whenOpen,
  }: CircuitOptions & {
    isFailure: (answer: Answer) => boolean;
    whenOpen: (lastFailure: Answer) => Answer;
  },
): (question: Question) => Promise<Answer> {
  let failuresInRow = 0;
  let openedAtMs = 0;
  let lastFailure: { answer: Answer } | null = null;

  return async (question) => {
    if (lastFailure !== null && failuresInRow >= failures) {
      // A clock that was set back by hours leaves nobody alone for hours.
      if (Math.abs(now() - openedAtMs) < openMs) return whenOpen(lastFailure.answer);
      // This caller tries; those who come meanwhile find the circuit still open.
      openedAtMs = now();
    }
    const answer = await ask(question);
    if (isFailure(answer)) {
      failuresInRow += 1;
      lastFailure = { answer };
      openedAtMs = now();
    } else {
      failuresInRow = 0;
    }
    return answer;
  };
}
