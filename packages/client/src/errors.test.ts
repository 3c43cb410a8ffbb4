import { readFileSync } from 'node:fs';
import { procedures, proceduresFor } from '@shiming/api/testing';
import { commonErrors } from '@shiming/api';
import { type AppErrorCode, refusals } from '@shiming/domain';
import { expect, test } from 'vitest';

/** tRPC's names of HTTP statuses that refusals have. */
const statuses: Readonly<Record<(typeof refusals)[AppErrorCode]['status'], number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

const source = readFileSync(new URL('../../domain/src/errors.ts', import.meta.url), 'utf8');

const inOneLine = (text: string) => text.replaceAll(/\n\s*\*?/g, ' ').replaceAll(/ {2,}/g, ' ');

/** What stands beside a code, as the source has it, and what is said of it there. */
function inSource(code: string): { says: string; comment: string } {
  const at = source.indexOf(`  '${code}': refusal`);
  if (at === -1) throw new Error(`${code} is not in the source`);
  const says = /^ {2}'[\w.]+': refusal(?:<([^]*?)>)?\(/.exec(source.slice(at))?.[1] ?? '';
  const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\n$/.exec(source.slice(0, at))?.[1] ?? '';
  return { says: inOneLine(says).trim(), comment: inOneLine(comment).trim() };
}

const offered = (['everybody', 'applicant', 'organisation'] as const)
  .flatMap(proceduresFor)
  .filter((path) => !path.startsWith('staff.'));

/** What the Worker refuses before a request comes to a procedure. */
const ofWorker: ReadonlySet<AppErrorCode> = new Set([
  'page.outdated',
  'request.not_found',
  'request.origin_refused',
  'request.too_large',
]);

/** Which procedures refuse with a code; empty where none for others does. */
function refusersOf(code: AppErrorCode): string {
  if (commonErrors.includes(code)) return 'Of every procedure.';
  if (ofWorker.has(code)) return 'Of the service, before the request comes to a procedure.';
  const by = offered.filter((path) => procedures[path]?.meta?.errors.includes(code)).toSorted();
  return by.length === 0 ? '' : `Of ${by.map((path) => `\`${path}\``).join(', ')}.`;
}

function entryOf(code: AppErrorCode): string[] {
  const refusers = refusersOf(code);
  if (refusers === '') return [];
  const { says, comment } = inSource(code);
  return [
    `### ${code}`,
    `HTTP ${statuses[refusals[code].status]}${says === '' ? '' : `, with \`${says}\``}.${comment === '' ? '' : ` ${comment}`}`,
    refusers,
  ];
}

test('X-05: the table of errors is made of the code', async () => {
  const codes = Object.keys(refusals) as AppErrorCode[];
  const lines = [
    '# Refusals',
    'Every code that a procedure for people or organisations may refuse with, its HTTP status, what `appErrorOf` gives beside the code, and the procedures. The file is made by `pnpm exec vitest run packages/client -u`, and a test compares it with the code. Instants are milliseconds.',
    ...codes.toSorted().flatMap(entryOf),
  ];
  await expect(`${lines.join('\n\n')}\n`).toMatchFileSnapshot('../errors.md');
});
