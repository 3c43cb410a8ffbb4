import { photoSides } from './photo-sides.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentNumber } from '../documents/index.ts';
import { flagsOf, parseReviewAnswers } from './review-answers.ts';
import { caseNumberOf, groupCaseNumber, parseCaseNumber } from './number.ts';
import { reviewPeriod } from './review-period.ts';
import {
  isReason,
  isReturnable,
  itemsOfReason,
  reasonCodes,
  reasonText,
  type CaseReason,
} from './reasons.ts';
import { mayStaff, staffPermissions, staffRoles } from '../staff.ts';

const at = (text: string) => Date.parse(text);

describe('T-REV-03: the periods, in Shanghai', () => {
  test.each([
    ['2026-01-01T00:00:00.000+08:00', '2026-01-01', '2026-09-01'],
    ['2026-08-31T23:59:59.999+08:00', '2026-01-01', '2026-09-01'],
    ['2026-08-31T15:59:59.999Z', '2026-01-01', '2026-09-01'],
    ['2026-08-31T16:00:00.000Z', '2026-09-01', '2027-01-01'],
    ['2026-09-01T00:00:00.000+08:00', '2026-09-01', '2027-01-01'],
    ['2026-12-31T23:59:59.999+08:00', '2026-09-01', '2027-01-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', '2027-09-01'],
    ['2028-02-29T12:00:00.000+08:00', '2028-01-01', '2028-09-01'],
  ])('%s lies from %s until %s', (instant, from, until) => {
    expect(reviewPeriod(at(instant))).toEqual({
      fromMs: at(`${from}T00:00:00+08:00`),
      untilMs: at(`${until}T00:00:00+08:00`),
    });
  });

  test('every instant lies in its period, and periods follow each other without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') }), (ms) => {
        const { fromMs, untilMs } = reviewPeriod(ms);
        expect(fromMs <= ms && ms < untilMs).toBe(true);
        expect(reviewPeriod(untilMs).fromMs).toBe(untilMs);
        expect(reviewPeriod(fromMs - 1).untilMs).toBe(fromMs);
      }),
    );
  });
});

describe('the number of a case', () => {
  const number = caseNumberOf(at('2026-11-21T00:30:00+08:00'), '4827391');

  test('has the date in Shanghai, and reads back as it is shown, said or pasted', () => {
    expect(groupCaseNumber(number)).toMatch(/^261121-4827-391\d$/);
    for (const typed of [
      number,
      groupCaseNumber(number),
      ` ${number.slice(0, 6)} ${number.slice(6)}`,
    ]) {
      expect(parseCaseNumber(typed)).toBe(number);
    }
  });

  test('one wrong digit is noticed', () => {
    for (let place = 0; place < number.length; place += 1) {
      for (const digit of '0123456789') {
        const typed = `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
        expect(parseCaseNumber(typed)).toBe(typed === number ? number : null);
      }
    }
  });

  test.each(['', 'x', '2611214827391', '261121482739123', '２'])('%s is none', (typed) => {
    expect(parseCaseNumber(typed)).toBeNull();
  });
});

describe('T-REV-06: reasons', () => {
  const sentences = reasonCodes.flatMap((code) =>
    itemsOfReason(code).map((item) => ({ code, item, ...reasonText({ code, item }) })),
  );

  test('every code says in both languages what is wrong with what, and what to do', () => {
    for (const { wrong, toDo } of sentences) {
      for (const zh of [wrong.zh, toDo.zh]) expect(zh).toMatch(/^[^a-z]+。$/);
      for (const en of [wrong.en, toDo.en]) expect(en).toMatch(/^[A-Z][^\u4E00-\u9FFF]+\.$/);
    }
    expect(new Set(sentences.map(({ wrong }) => wrong.zh)).size).toBe(sentences.length);
    expect(reasonText({ code: 'ethnicity_mismatch', item: 'profile' }).wrong.zh).toBe(
      '个人身份信息中的民族与证件上的不一致。',
    );
    expect(reasonText({ code: 'photo_unclear', item: 'b' })).toEqual({
      wrong: {
        zh: 'B面照片不清晰，文字无法辨认。',
        en: 'The photo of side B is not sharp: the text cannot be read.',
      },
      toDo: {
        zh: '请在光线充足处拿稳手机，对焦后重新拍摄。',
        en: 'Take it again in good light, holding the phone still until it is in focus.',
      },
    });
  });

  const good: CaseReason = { code: 'photo_glare', item: 'a', mark: null, note: null };
  const mark = { x: 0.1, y: 0.2, width: 0.9, height: 0.8 };
  test.each([
    ['as it is', good, true],
    ['on a region', { ...good, mark }, true],
    ['with a sentence', { ...good, note: '左下角的住址看不清。' }, true],
    ['on another item', { ...good, item: 'name' }, false],
    ['on a region of no photo', { code: 'name_mismatch', item: 'name', mark, note: null }, false],
    ['on a region that leaves the photo', { ...good, mark: { ...mark, x: 0.2 } }, false],
    ['on a region of no size', { ...good, mark: { ...mark, width: 0 } }, false],
    ['on a region that is no number', { ...good, mark: { ...mark, y: Number.NaN } }, false],
    ['with an empty sentence', { ...good, note: ' ' }, false],
    ['with 200 characters', { ...good, note: '𠮷'.repeat(200) }, true],
    ['with 201', { ...good, note: '𠮷'.repeat(201) }, false],
  ] as const)('%s', (_, reason, stands) => {
    expect(isReason(reason)).toBe(stands);
  });

  test('photos, name and validity can be sent back alone', () => {
    expect([...photoSides, 'name', 'validity'] as const).toSatisfy((items: CaseReason['item'][]) =>
      items.every(isReturnable),
    );
    expect(isReturnable('number')).toBe(false);
    expect(isReturnable('profile')).toBe(true);
  });
});

describe('T-REV-01: the answers', () => {
  const document: DocumentNumber = {
    type: 'resident_identity_card',
    number: '110199199508150119',
    birthDate: '1995-08-15',
    sex: 'male',
    region: null,
  };
  const today = '2026-11-21';
  const typed = {
    name: '林知远',
    validityStart: { year: '2017', month: '5', day: '6' },
    validityTerm: '10',
    reason: ' 换了新证，核验不通过。 ',
    channel: 'mail',
  };
  const validity = { start: '2017-05-06', end: '2027-05-06', term: 10 } as const;

  test('are read as on the verification page, with a reason and a way to be told', () => {
    expect(parseReviewAnswers(typed, document, today)).toEqual({
      ok: true,
      value: {
        statement: { name: '林知远', validity, reason: '换了新证，核验不通过。' },
        channel: 'mail',
      },
    });
  });

  test('everything that does not do is told at once', () => {
    const wrong = { ...typed, name: '', reason: '\u200b ', channel: 'pigeon' };
    expect(parseReviewAnswers(wrong, document, today)).toEqual({
      ok: false,
      fields: {
        name: 'name.missing',
        reason: 'review_reason.missing',
        channel: 'review_channel.missing',
      },
    });
    const long = { ...typed, reason: '𠮷'.repeat(201) };
    expect(parseReviewAnswers(long, document, today)).toMatchObject({
      fields: { reason: 'text.too_long' },
    });
    expect(parseReviewAnswers({ ...typed, reason: '𠮷'.repeat(200) }, document, today).ok).toBe(
      true,
    );
  });

  test('what disagrees is flagged for the reviewer', () => {
    const account = { ...document, name: '林知远', validity };
    expect(flagsOf(account, account, null, today)).toEqual([]);
    const other = { start: '2020-05-06', end: '2030-05-06', term: 10 } as const;
    expect(flagsOf({ name: '林志远', validity: other }, account, 'mismatched', today)).toEqual([
      'name_changed',
      'validity_changed',
      'authority_mismatched',
    ]);
    const long = { start: '2016-05-06', end: '2021-05-06', term: 5 } as const;
    expect(flagsOf({ name: '林知远', validity: long }, account, 'no_record', '2020-01-01')).toEqual(
      ['validity_changed', 'unusual_term', 'authority_no_record'],
    );
  });
});

describe('T-CON-01: who may do what', () => {
  test('is this table', () => {
    const may = Object.fromEntries(
      staffRoles.map((role) => [role, staffPermissions.filter((each) => mayStaff(role, each))]),
    );
    expect(may).toEqual({
      clerk: ['window.decide', 'window.revoke'],
      reviewer: ['review.decide', 'help_desk.change', 'statistics.view'],
      senior: [
        'review.decide',
        'review.decide_disagreement',
        'help_desk.change',
        'help_desk.approve',
        'statistics.view',
        'window.revoke',
      ],
      administrator: ['statistics.view', 'staff.manage', 'guides.edit'],
      auditor: ['statistics.view', 'audit.view'],
      school: ['records.decide'],
      agency: ['agency.hand_over'],
    });
  });
});
