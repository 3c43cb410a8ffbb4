import { expect, test } from 'vitest';
import { retention, retentionKinds } from './retention.ts';
import { retentionTerm, timeAfter } from './retention-own-words.ts';
import { retentionWords } from './retention-words.ts';

const day = 24 * 3_600_000;

test('X-08: logs are kept for six months at least, whichever months they are, and receipts for three years', () => {
  for (const kind of ['session', 'allowance', 'audit'] as const) {
    // July to December: the longest six months.
    expect(retention[kind].keep.ms).toBeGreaterThanOrEqual(184 * day);
    expect(retentionWords[kind].basis?.zh).toContain('网络安全法');
  }
  expect(retention.retention_receipt.keep.ms).toBeGreaterThanOrEqual((3 * 365 + 1) * day);
});

test('X-06, X-08: every kind says what it is, what for and until when, in both languages', () => {
  for (const kind of retentionKinds) {
    const { what, purpose } = retentionWords[kind];
    for (const { zh, en } of [what, purpose, retentionTerm(kind, retentionWords[kind])]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\p{Script=Latin}\d ,:;()“”’.-]+$/u);
    }
  }
});

test('X-08: a length is said in the largest unit of which it is whole', () => {
  const since = { zh: '记录', en: 'the record' };
  const said = (ms: number) => timeAfter(ms, since);
  expect(said(0)).toEqual({ zh: '记录即删除', en: 'Until the record' });
  expect(said(3_600_000).zh).toBe('记录后 1 小时');
  expect(said(2 * day)).toEqual({ zh: '记录后 2 天', en: '2 days after the record' });
  expect(retentionTerm('session', retentionWords.session).zh).toBe('最近一次使用后 6 个月');
  expect(retentionTerm('retention_receipt', retentionWords.retention_receipt).en).toBe(
    '3 years after the deletion',
  );
  expect(retentionTerm('account', retentionWords.account).en).toBe('Until the account is closed');
});
