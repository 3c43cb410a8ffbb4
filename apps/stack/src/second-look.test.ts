import { expect, test } from 'vitest';
import {
  countsOf,
  type FileResult,
  filesToRunAgain,
  hasPassedAgain,
  unsteadyBlock,
} from './second-look.ts';

const passed = (file: string, passedTests = 2): FileResult => ({
  file,
  isPassed: true,
  passedTests,
  failures: [],
});
const failed = (file: string): FileResult => ({
  file,
  isPassed: false,
  passedTests: 1,
  failures: [{ name: `${file} > a test`, messages: ['expected 2 to be 1\n    at line 3'] }],
});
const run = (files: FileResult[], errors: string[] = []) => ({ files, errors });

test('files that failed are run once more when they are at most three', () => {
  const three = ['a', 'b', 'c'].map(failed);
  expect(filesToRunAgain(run([...three, passed('d')]))).toEqual(['a', 'b', 'c']);
  expect(filesToRunAgain(run([...three, failed('d')]))).toEqual([]);
  expect(filesToRunAgain(run([passed('a')]))).toEqual([]);
});

test('a run with an error outside of the tests has failed', () => {
  expect(filesToRunAgain(run([failed('a')], ['unhandled']))).toEqual([]);
  expect(hasPassedAgain(['a'], run([passed('a')], ['unhandled']))).toBe(false);
});

test('each file has to pass the second time, and to be there', () => {
  expect(hasPassedAgain(['a', 'b'], run([passed('a'), passed('b')]))).toBe(true);
  expect(hasPassedAgain(['a', 'b'], run([passed('a'), failed('b')]))).toBe(false);
  expect(hasPassedAgain(['a', 'b'], run([passed('a')]))).toBe(false);
});

test('the tests of a file are counted once, as they came out last', () => {
  const first = run([failed('a'), failed('b'), passed('c', 5)]);
  expect(countsOf(first)).toEqual({ passed: 7, failed: 2 });
  expect(countsOf(first, run([passed('a'), failed('b')]))).toEqual({ passed: 8, failed: 1 });
});

test('what passed only the second time is named with what failed in it', () => {
  expect(unsteadyBlock([])).toBe('');
  expect(
    unsteadyBlock([failed('a.test.ts')])
      .split('\n')
      .slice(1),
  ).toEqual(['   a.test.ts', '     a.test.ts > a test: expected 2 to be 1']);
});
