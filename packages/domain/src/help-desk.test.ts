import { describe, expect, test } from 'vitest';
import { accountFieldIds, type DataCorrectionKind, dataCorrectionKinds } from './account-fields.ts';
import { caseNumberOf } from './cases/number.ts';
import type { Identity } from './identity.ts';
import {
  corrected,
  correctionValidMs,
  helpDeskTextMaxLength,
  parseAccountCorrection,
  parseHelpDeskNote,
  readAccountSearch,
} from './help-desk.ts';
import { profileFrom } from './profile/profile.ts';

const today = '2026-11-21';

describe('T-CON-08: what an account is searched for by', () => {
  test.each([
    ['110199 19950815 0119', 'number', '110199199508150119'],
    [caseNumberOf(Date.UTC(2026, 10, 21), '1234567'), 'caseNumber', null],
    ['199 0000 0001', 'mobile', '19900000001'],
    ['Someone@Example.com', 'email', 'Someone@example.com'],
    ['alias@qq.com', 'email', 'alias@qq.com'],
    ['林知远', 'name', '林知远'],
  ] as const)('%s', (typed, by, value) => {
    expect(readAccountSearch(typed, today)).toEqual({ by, value: value ?? typed });
  });

  test.each(['', '  ', '123', "' or 1=1 --"])('nothing in %j', (typed) => {
    expect(readAccountSearch(typed, today)).toBeNull();
  });
});

describe('X-01: the written reason names nobody', () => {
  test.each([
    '来电号码19900000001',
    '尾号 1 2-3 4 5',
    '邮箱是 a@b.cn',
    '邮箱是 a＠b.cn',
    '来电人是林知远本人',
  ])('%s', (note) => {
    expect(parseHelpDeskNote(note, ['林知远', ''])).toEqual({
      ok: false,
      code: 'help_desk_note.personal',
    });
  });

  test('it says something, and no more than fits', () => {
    expect(parseHelpDeskNote(' 核对 ')).toMatchObject({ code: 'help_desk_note.missing' });
    expect(parseHelpDeskNote('核对人')).toMatchObject({ code: 'help_desk_note.missing' });
    expect(parseHelpDeskNote('核对来电')).toEqual({ ok: true, value: '核对来电', notices: [] });
    const longest = '\u{20bb7}'.repeat(helpDeskTextMaxLength);
    expect(parseHelpDeskNote(longest)).toMatchObject({ ok: true });
    expect(parseHelpDeskNote(`${longest}长`)).toMatchObject({ code: 'text.too_long' });
    expect(parseHelpDeskNote('核对来电人，工单 1234', ['林知远', ''])).toMatchObject({ ok: true });
  });
});

describe('T-CON-08: a correction as typed', () => {
  const evidence = '看过身份证原件';
  const card: Identity = {
    type: 'resident_identity_card',
    number: '110199199508150127',
    birthDate: '1995-08-15',
    sex: 'female',
    region: null,
    name: '林知远',
    validity: { start: '2022-03-01', end: '2042-03-01', term: 20 },
  };
  const permit: Identity = {
    ...card,
    type: 'hmt_residence_permit',
    number: '820000199808080038',
    birthDate: '1998-08-08',
    sex: 'male',
    region: 'macao',
    validity: null,
  };
  const read = (kind: DataCorrectionKind, value: string, identity = card) =>
    parseAccountCorrection({ kind, value, evidence }, identity, today);

  test.for([
    ['name', '林 知遥', card, '林知遥'],
    ['mobile', '+86 199-0000-0002', card, '19900000002'],
    ['email', 'a@example.com', card, 'a@example.com'],
    ['validity', '2022.03.01-2042.03.01', card, '2022.03.01-2042.03.01'],
    ['validity', '2022年3月1日 至 2032年03月01日', card, '2022.03.01-2032.03.01'],
    ['ethnicity', '05', card, '05'],
    ['travelPermitNumber', 'm12345678', permit, 'M12345678'],
    ['localDocumentNumber', '12345678', permit, '1234567(8)'],
    ['sex', 'male', permit, 'male'],
    ['birthDate', '1998.08.08', permit, '1998-08-08'],
  ] as const)('%s of "%s"', ([kind, typed, identity, value]) => {
    expect(read(kind, typed, identity)).toEqual({ ok: true, value: { value, evidence } });
  });

  test.for([
    ['validity', '2022.03.01', card, 'validity_start.not_a_date'],
    ['validity', '2022.03.01-2041.03.01', card, 'validity_term.not_offered'],
    ['validity', '2022.03.01-长期', card, 'validity_term.long_term_under_46'],
    [
      'validity',
      '2022.03.01-2042.03.01',
      { ...card, type: 'passport' },
      'validity_term.not_offered',
    ],
    // What the number says is not corrected beside it, and what a document does not ask for is not there.
    ['sex', 'female', permit, 'sex.not_of_number'],
    ['birthDate', '1998-08-09', permit, 'birth_date.not_of_number'],
    ['sex', 'male', card, 'input.shape'],
    ['travelPermitNumber', 'M12345678', card, 'input.shape'],
  ] as const)('%s of "%s" is refused', ([kind, typed, identity, code]) => {
    expect(read(kind, typed, identity)).toEqual({ ok: false, fields: { value: code } });
  });

  test.for([
    ['restore', 'whatever', 'active'],
    ['suspend', 'misuse', 'misuse'],
    ['suspend', 'because', 'suspension_reason.missing'],
    ['email', 'alias@qq.com', 'alias@qq.com'],
    ['mobile', '199 0000 0002', '19900000002'],
    // Only contact and status are put right where nothing is known of a document.
    ['name', '林知遥', 'input.shape'],
    ['sex', 'female', 'input.shape'],
  ] as const)('of an account without an identity, %s of "%s": %s', ([kind, value, outcome]) => {
    const parsed = parseAccountCorrection({ kind, value, evidence }, null, today);
    expect(parsed.ok ? parsed.value.value : parsed.fields['value']).toBe(outcome);
  });

  test('a name is read in the letters of its document', () => {
    expect(read('name', 'Lin Zhi', { ...card, type: 'passport' })).toMatchObject({
      value: { value: 'LIN ZHI' },
    });
  });

  test('changes the name, the validity or the profile, and nothing else', () => {
    const profile = profileFrom({ sex: 'female', birthDate: '1995-08-15', ethnicity: '01' });
    const account = { identity: card, profile };
    expect(corrected({ kind: 'name', value: '林知遥' }, account, today)).toEqual({
      identity: { ...card, name: '林知遥' },
    });
    expect(corrected({ kind: 'validity', value: '2022.03.01-2032.03.01' }, account, today)).toEqual(
      {
        identity: { ...card, validity: { start: '2022-03-01', end: '2032-03-01', term: 10 } },
      },
    );
    expect(corrected({ kind: 'ethnicity', value: '05' }, account, today)).toEqual({
      profile: { ...profile, ethnicity: '05' },
    });
  });

  test('what has become wrong meanwhile is stale', () => {
    const account = { identity: card, profile: null };
    for (const correction of [
      { kind: 'validity', value: '2022.03.01-2032.03.01' },
      { kind: 'ethnicity', value: '05' },
    ] as const) {
      expect(() => corrected(correction, account, '2033-01-01')).toThrow('request.stale');
    }
  });

  test('waits three days for a second person', () => {
    expect(correctionValidMs).toBe(3 * 24 * 3_600_000);
  });

  test('every refusal is told at once', () => {
    const typed = { kind: 'email', value: 'x', evidence: '' } as const;
    expect(parseAccountCorrection(typed, card, today)).toEqual({
      ok: false,
      fields: { value: 'email.format', evidence: 'evidence.missing' },
    });
  });

  test('T-CON-08a: everything but the number can be corrected', () => {
    expect(new Set(dataCorrectionKinds)).toEqual(
      new Set(accountFieldIds.filter((field) => field !== 'number')),
    );
  });
});
