import { expect, test } from 'vitest';
import { nextStep, pathOf } from '../steps.ts';
import { noticeMail } from '../mail.ts';
import { documentOfPortal, parsePortals, portals } from './index.ts';
import { day, guardianRule, minute, type Portal, recoverFlow } from './portal.ts';

/** A portal that nothing else knows of: mobile, code and password, and the document afterwards. */
const fourth: Portal = {
  id: 'library',
  name: { zh: '读者证', en: 'Reader Card' },
  messageSignature: '读者证',
  documentTypes: ['resident_identity_card'],
  takesOldNumbers: false,
  usesCamera: false,
  flows: {
    register: { path: '/register', steps: ['contact', 'code', 'password', 'document', 'check'] },
    recover: recoverFlow,
  },
  signInWith: ['mobile'],
  codes: {
    sms: {
      digits: 6,
      validMs: 2 * day,
      triesPerCode: 5,
      perDay: 4,
      gapMs: minute,
      alarmPerHour: 1,
    },
    mail: { digits: 6, validMs: day, triesPerCode: 5, perDay: 5, gapMs: minute },
    weChat: { digits: 6, validMs: day, triesPerCode: 5, perDay: 5 },
  },
  weChat: null,
  mailProof: { validMs: 1, perDay: 1, gapMs: 1 },
  contactUndoMs: day,
  recovery: { registeredSinceMs: 0, perDay: 5, link: { validMs: day, perDay: 5, gapMs: minute } },
  puzzle: 'by_risk',
  cancellation: { waitMs: day },
  guardian: guardianRule,
  verification: { perDay: 2 },
  review: { perPeriod: 1, workingDays: 3 },
  records: null,
  photos: { underBytes: 100 * 1024 },
  needs: ['identity'],
  services: [],
  entrances: [],
  words: {
    fullName: { zh: '读者证', en: 'Reader Card' },
    services: { zh: '借阅', en: 'borrowing' },
    otherSite: null,
  },
  agreementVersion: '2026-12',
  privacyNoticeVersion: '2026-12',
  consentsSince: '2026-12',
};

test('a fourth portal is a value: its place, its document, its steps and its mails follow from it', () => {
  const [, place] = parsePortals('teacher,library', [...portals, fourth]);
  if (place === undefined) throw new Error('it has no place');
  expect(place).toEqual({ portal: fourth, prefix: '/library' });

  const template = '<title></title><script type="application/json" id="portal"></script>';
  expect(documentOfPortal(template, place)).toContain('<title>读者证</title>');

  const { register } = fourth.flows;
  expect(nextStep(register, [])).toBe('contact');
  expect(nextStep(register, ['contact', 'code', 'password'])).toBe('document');
  expect(pathOf(register, 'document')).toBe('/register/document');

  const { subject } = noticeMail({
    portal: fourth.name,
    kind: 'password_changed',
    facts: {},
    when: '2026-11-21 12:00',
    link: 'https://account.example.cn/library/recovery',
  });
  expect(subject).toContain('读者证');
});
