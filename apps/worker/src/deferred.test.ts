import { expect, test } from 'vitest';
import { type DeferredLine, doDeferred } from './deferred.ts';

async function lineOf(error: Error): Promise<DeferredLine | undefined> {
  const lines: DeferredLine[] = [];
  await doDeferred(
    async () => {
      throw error;
    },
    'r-1',
    (line) => lines.push(line),
  );
  return lines[0];
}

test('work that raises an alarm writes it in its line, and other work that fails writes none', async () => {
  const alarm = Object.assign(new Error('x'), {
    alarm: 'face_code_unknown',
    logNote: 'tencent: A',
  });
  expect(await lineOf(alarm)).toEqual({
    procedure: 'deferred',
    requestId: 'r-1',
    outcome: 'internal.unexpected',
    note: 'tencent: A',
    alarm: 'face_code_unknown',
  });
  expect(await lineOf(new Error('x'))).not.toHaveProperty('alarm');
});
