import { describe, expect, test } from 'vitest';
import { documentOf, documentTypes } from '../documents/index.ts';
import { levels } from '../levels.ts';
import { documentOfPortal, parsePortals, portals, studentPortal, teacherPortal } from './index.ts';

describe('the teacher portal', () => {
  test('T-REG-01: takes the four documents', () => {
    expect(teacherPortal.documentTypes).toEqual([
      'resident_identity_card',
      'hmt_residence_permit',
      'hk_macao_travel_permit',
      'taiwan_travel_permit',
    ]);
    expect(teacherPortal.documentTypes.every((type) => documentTypes.includes(type))).toBe(true);
  });

  test('T-REG-12: codes of 6 digits, 5 minutes, 3 a day, one a minute, 5 tries', () => {
    expect(teacherPortal.codes.sms).toEqual({
      digits: 6,
      validMs: 300_000,
      triesPerCode: 5,
      perDay: 3,
      gapMs: 60_000,
      alarmPerHour: 2_000,
    });
  });

  test('T-REG-11, T-LOG-01: the puzzle stands before every code and at sign-in, as the seed has it', () => {
    expect(teacherPortal.puzzle).toBe('always');
  });

  test('T-REG-13, T-PWD-04: codes by WeChat of 6 digits, 5 minutes, 5 a day, 5 tries; QR codes and links 10 minutes', () => {
    expect(teacherPortal.codes.weChat).toEqual({
      digits: 6,
      validMs: 300_000,
      triesPerCode: 5,
      perDay: 5,
    });
    expect(teacherPortal.weChat).toEqual({
      accountName: '中国教师资格',
      sceneValidMs: 600_000,
      linkValidMs: 600_000,
    });
  });

  test('T-VER-02, T-VER-03: three tries a day; who is checked by what, and who by nobody', () => {
    expect(teacherPortal.verification.perDay).toBe(3);
    expect(teacherPortal.documentTypes.map((type) => [type, documentOf(type).check])).toEqual([
      ['resident_identity_card', 'four_factors'],
      ['hmt_residence_permit', 'travel_permit'],
      ['hk_macao_travel_permit', 'none'],
      ['taiwan_travel_permit', 'none'],
    ]);
  });

  test('T-ENT-01, T-ENT-03: two services, each behind a verified identity', () => {
    expect(teacherPortal.services.map(({ name, level }) => [name.zh, level])).toEqual([
      ['教师资格认定', 3],
      ['中小学教师资格定期注册', 3],
    ]);
    expect(new Set(teacherPortal.services.map(({ id }) => id)).size).toBe(2);
    expect(teacherPortal.services.every(({ level }) => levels.includes(level))).toBe(true);
  });

  test('T-REV-02, X-06: photos under 190 KB, JPEG; texts with a version', () => {
    expect(teacherPortal.photos).toEqual({ underBytes: 194_560 });
  });
});

describe.each(portals.map((portal) => [portal.id, portal] as const))('%s', (_, portal) => {
  test('X-06: texts with a version; services whose level is one', () => {
    expect(portal.agreementVersion).toMatch(/^\d{4}-\d{2}$/);
    expect(portal.privacyNoticeVersion).toMatch(/^\d{4}-\d{2}$/);
    expect(portal.consentsSince).toMatch(/^\d{4}-\d{2}$/);
    expect(portal.consentsSince <= portal.privacyNoticeVersion).toBe(true);
    expect(portal.services.every(({ level }) => levels.includes(level))).toBe(true);
    expect(portal.documentTypes.every((type) => documentTypes.includes(type))).toBe(true);
  });

  test('X-04: every text is there in both languages', () => {
    const texts = [portal.name, ...portal.services.flatMap(({ name, summary }) => [name, summary])];
    for (const { zh, en } of texts) {
      expect(zh).toMatch(/\p{Unified_Ideograph}/u);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});

test('S-LOG-01, S-REG-07: the services and the entrances of the student portal are those of the seed', () => {
  const { services, entrances } = studentPortal;
  expect(services.map(({ name }) => name.zh)).toEqual([
    '学信档案',
    '图像校对',
    '学历查询',
    '预征报名',
    '满意度调查',
  ]);
  expect(entrances.map(({ name }) => name.zh)).toEqual([
    '全国征兵网',
    '中国研究生招生信息网',
    '图像校对、学籍信息核对',
    '其他系统',
  ]);
});

test('S-REG-05: codes and links of the student portal are good for a day', () => {
  const { codes, recovery } = studentPortal;
  const dayMs = 24 * 3_600_000;
  expect([codes.sms.validMs, codes.mail.validMs, recovery.link.validMs]).toEqual([
    dayMs,
    dayMs,
    dayMs,
  ]);
});

test('no two portals share an id or the id of a service', () => {
  const ids = portals.map(({ id }) => id);
  const services = portals.flatMap((portal) => portal.services.map(({ id }) => id));
  expect([new Set(ids).size, new Set(services).size]).toEqual([ids.length, services.length]);
});

describe('the setting', () => {
  test('names the portals in their order: the first stands at /, the others at /<id>', () => {
    expect(parsePortals('student, teacher')).toEqual([
      { portal: studentPortal, prefix: '' },
      { portal: teacherPortal, prefix: '/teacher' },
    ]);
  });

  test.each(['', 'teacher,', 'teacher,nobody', 'teacher,teacher'])(
    '%j names one that is not written, or one twice',
    (setting) => {
      expect(() => parsePortals(setting)).toThrow(/^PORTALS names/);
    },
  );
});

test('a document says which portal it is of, whatever its words hold', () => {
  const portal = { ...teacherPortal, messageSignature: '</script><b>$&' };
  const template = '<title></title><script type="application/json" id="portal"></script>';
  const document = documentOfPortal(template, { portal, prefix: '/x' });
  const [, title, said = ''] =
    /^<title>(.*)<\/title><script [^>]*>(.*?)<\/script>$/.exec(document) ?? [];
  expect(title).toBe(teacherPortal.name.zh);
  expect(JSON.parse(said)).toEqual({ ...portal, prefix: '/x' });
});

test('a service that is another system has a name of its own among those of all portals: it is its client_id', () => {
  const ids = portals.flatMap(({ services }) =>
    services.filter(({ page }) => page === undefined).map(({ id }) => id),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const { services } of portals) {
    expect(services.some(({ page }) => page === undefined)).toBe(true);
  }
});
