import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import type { FileResult, Results } from './second-look.ts';

type Failed = { readonly name: string; readonly errors: readonly SerializedError[] };

const failed = (test: TestCase): Failed => ({
  name: test.fullName,
  errors: test.result().errors ?? [],
});

const messageOf = ({ stack, message }: SerializedError): string => stack ?? message;

function resultOf(module: TestModule): FileResult {
  const failures = Array.from(module.children.allTests('failed'), failed);
  const ofSuites = [module, ...module.children.allSuites()].map((suite) => ({
    name: suite.type === 'module' ? 'the file' : suite.fullName,
    errors: suite.errors(),
  }));
  return {
    file: module.moduleId,
    isPassed: ['passed', 'skipped'].includes(module.state()),
    passedTests: Array.from(module.children.allTests('passed')).length,
    failures: [...failures, ...ofSuites.filter(({ errors }) => errors.length > 0)].map(
      ({ name, errors }) => ({ name, messages: errors.map(messageOf) }),
    ),
  };
}

/** A reporter of vitest: writes what a run came to into the file that `SHIMING_RESULTS` names. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const results: Results = { files: modules.map(resultOf), errors: errors.map(messageOf) };
    writeFileSync(process.env['SHIMING_RESULTS'] ?? '', JSON.stringify(results, null, 2));
  }
}
