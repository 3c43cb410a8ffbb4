/** What a run of vitest came to (results.ts writes it). */
export interface Results {
  readonly files: readonly FileResult[];
  /** Errors that were thrown outside of every test. */
  readonly errors: readonly string[];
}

export interface FileResult {
  readonly file: string;
  readonly isPassed: boolean;
  readonly passedTests: number;
  readonly failures: readonly { readonly name: string; readonly messages: readonly string[] }[];
}

/** When more files fail than these, chance is no explanation. */
const mostFilesToRunAgain = 3;

/** The files of a failed run that are run once more, by themselves. None means that the run has failed. */
export function filesToRunAgain({ files, errors }: Results): string[] {
  const failed = files.filter(({ isPassed }) => !isPassed).map(({ file }) => file);
  return errors.length === 0 && failed.length <= mostFilesToRunAgain ? failed : [];
}

/** Whether each of `again` passed when it was run once more. */
export function hasPassedAgain(again: readonly string[], { files, errors }: Results): boolean {
  const passed = new Set(files.filter(({ isPassed }) => isPassed).map(({ file }) => file));
  return errors.length === 0 && again.every((file) => passed.has(file));
}

const sum = (files: readonly FileResult[], count: (file: FileResult) => number): number =>
  files.reduce((total, file) => total + count(file), 0);

/** How many tests passed and failed, where the result of the second run of a file replaces that of the first. */
export function countsOf(first: Results, second?: Results): { passed: number; failed: number } {
  const again = second?.files ?? [];
  const files = [
    ...first.files.filter(({ file }) => !again.some((other) => other.file === file)),
    ...again,
  ];
  return {
    passed: sum(files, ({ passedTests }) => passedTests),
    failed: sum(files, ({ failures }) => failures.length),
  };
}

/** The end of the output of a run: every file that passed only when it was run once more, and what failed in it before. */
export function unsteadyBlock(files: readonly FileResult[]): string {
  if (files.length === 0) return '';
  return [
    '── UNSTEADY: these files failed, and passed when they were run once more by themselves. That is a fault to mend:',
    ...files.flatMap(({ file, failures }) => [
      `   ${file}`,
      ...failures.map(({ name, messages }) => `     ${name}: ${messages[0]?.split('\n')[0] ?? ''}`),
    ]),
  ].join('\n');
}
