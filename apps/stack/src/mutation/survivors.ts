/** A change that no test notices: where it stands, the text of that line, and what was changed. */
export type Survivor = { line: number; at: string; change: string };

/** Why nobody can tell some changes of a line from what stands there. */
export type Reason = { at: string; changes: readonly string[]; why: string };

const key = (at: string, change: string): string => `${at}\n${change}`;

/** What is wrong between the survivors of a module and the reasons that are given for them: one without the other. */
export function unexplained(
  survivors: readonly Survivor[],
  reasons: readonly Reason[],
): { survivors: Survivor[]; reasons: string[] } {
  const given = new Set(
    reasons.flatMap(({ at, changes }) => changes.map((change) => key(at, change))),
  );
  const found = new Set(survivors.map(({ at, change }) => key(at, change)));
  return {
    survivors: survivors.filter(({ at, change }) => !given.has(key(at, change))),
    reasons: [...given].filter((each) => !found.has(each)).map((each) => each.replace('\n', '  ')),
  };
}
