import { AccountExport } from '@shiming/domain';
import { afterEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../copy/language.ts';
import { type CopiedPhoto, makeReadableCopy, readableCopy } from './readable-copy.ts';
import { en } from './readable.en.ts';
import { zh } from './readable.zh.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await setLanguage('zh');
});

const hostile = `<img src=x onerror="alert(1)">'&</li></svg><script>`;
const at = '2026-11-21T04:00:00.000Z';

/** An export with a value for every key, and free texts that try to be markup. */
const data: AccountExport = AccountExport.parse({
  format: 'shiming.account',
  version: 1,
  portal: '中国教师资格网',
  exportedAt: at,
  account: {
    id: 'account-1',
    portal: '中国教师资格网',
    documentType: 'resident_identity_card',
    status: 'active',
    restorableUntil: null,
    level: 3,
    verifiedAt: at,
    createdAt: at,
  },
  identity: {
    number: hostile,
    earlierNumber: hostile,
    name: hostile,
    birthDate: '1995-08-15',
    sex: 'female',
    region: null,
    validity: { start: '2020-01-01', end: null },
  },
  contact: { mobile: hostile, mobileProvedAt: null, email: hostile, emailProvedAt: null },
  profile: {
    sex: 'female',
    birthDate: '1995-08-15',
    ethnicity: '04',
    localDocumentNumber: null,
    travelPermitNumber: hostile,
    nickname: hostile,
    householdRegion: '510104',
  },
  consents: [
    {
      kind: 'agreement',
      portal: '中国教师资格网',
      purpose: 'use_account',
      receiver: 'operator',
      fields: ['name', 'document', 'mobile', 'email'],
      version: '1',
      givenAt: at,
      withdrawnAt: null,
    },
  ],
  guardianConsents: [
    {
      as: 'guardian',
      child: { documentType: 'resident_identity_card', number: hostile, name: hostile },
      relation: 'mother',
      channel: 'own_account',
      scope: 'document_number',
      version: '1',
      givenAt: at,
      expiresAt: at,
      usedAt: at,
      endedAt: at,
      ending: 'of_age',
    },
  ],
  verifications: [
    {
      askedAt: at,
      endedAt: at,
      status: 'matched',
      provider: hostile,
      rawCode: hostile,
      vendorRequestId: hostile,
    },
  ],
  faces: [
    {
      purpose: 'level',
      askedAt: at,
      endedAt: at,
      status: 'picture',
      pictureFault: 'poor',
      score: 12.5,
      model: hostile,
      provider: hostile,
      rawCode: hostile,
      vendorRequestId: hostile,
    },
  ],
  attestations: [
    { kind: 'four_factors', level: 3, number: hostile, at, until: at, revokedAt: null },
  ],
  windowTickets: [
    {
      check: 'face',
      status: 'passed',
      reason: 'not_online',
      window: hostile,
      createdAt: at,
      expiresAt: at,
      decidedAt: at,
      revokedAt: at,
      revocation: 'mistaken',
    },
  ],
  authorisations: [
    {
      portal: '登记注册身份验证',
      service: hostile,
      purposes: ['establish', 'change', 'cancel'],
      usesAllowed: 3,
      used: 1,
      openedAt: at,
      until: at,
      closedAt: at,
      closedBy: 'used_up',
    },
  ],
  serviceIdentifiers: [{ service: hostile, identifier: hostile, createdAt: at }],
  disclosures: [{ portal: hostile, service: hostile, fields: ['name'], level: 3, at }],
  officeQuestions: [
    {
      portal: '登记注册身份验证',
      receipt: hostile,
      office: hostile,
      purpose: 'establish',
      answer: 'yes',
      at,
    },
  ],
  matters: [
    {
      portal: '登记注册身份验证',
      office: hostile,
      company: hostile,
      role: 'shareholder',
      purpose: 'establish',
      status: 'yes',
      requestedAt: at,
      expiresAt: at,
      decidedAt: at,
      receipt: 'receipt-2',
      by: 'password_and_code',
    },
  ],
  vouches: [
    {
      side: 'asked',
      name: hostile,
      mobile: hostile,
      ownMobile: hostile,
      status: 'confirmed',
      createdAt: at,
      decidedAt: at,
    },
  ],
  handovers: [{ agency: hostile, name: hostile, number: hostile, createdAt: at, usedAt: at }],
  records: [
    {
      portal: '中国教师资格网',
      kind: 'qualification',
      authority: 'student_record',
      askedAt: at,
      outcome: 'found',
      bound: [{ id: hostile, qualifications: ['XL-1', 'XL-2'] }],
      answer: {
        outcome: 'found',
        at,
        availableFrom: '2026-12-15',
        records: [
          {
            id: hostile,
            fields: [{ field: 'school', value: hostile }],
            images: [{ side: 'admission', jpeg: '/9j/AA==' }],
          },
        ],
      },
    },
  ],
  photoChecks: [
    {
      portal: '学信网',
      school: hostile,
      record: hostile,
      answer: 'disputed',
      stars: 5,
      answeredAt: at,
      reopenedAt: null,
      report: 'waiting',
      dispute: {
        caseNumber: hostile,
        status: 'waiting',
        reason: 'field_wrong',
        field: 'name',
        value: hostile,
        note: hostile,
        submittedAt: at,
        dueAt: at,
        endedAt: null,
        photos: [{ photo: hostile }],
        schoolAnswers: [{ outcome: 'reject', decidedAt: at, text: hostile }],
      },
    },
  ],
  contactChanges: [
    { kind: 'email', before: hostile, after: hostile, createdAt: at, doneAt: at, undoneAt: null },
  ],
  reviews: [
    {
      portal: '中国教师资格网',
      caseNumber: hostile,
      status: 'returned',
      documentType: 'resident_identity_card',
      answers: {
        name: hostile,
        validity: { start: '2020-01-01', end: '2040-01-01' },
        reason: hostile,
      },
      channel: 'sms',
      createdAt: at,
      submittedAt: at,
      dueAt: at,
      openedAt: at,
      endedAt: at,
      expiresAt: at,
      photos: ['kept', 'over', 'lost'].map((photo) => ({ side: 'a', photo })),
      decisions: [
        {
          outcome: 'return',
          decidedAt: at,
          reasons: [{ code: 'photo_glare', item: 'a', note: hostile }],
        },
      ],
    },
  ],
  tickets: [
    {
      portal: '中国教师资格网',
      caseNumber: hostile,
      status: 'returned',
      topic: 'number_taken',
      correction: { kind: 'name', after: '林知遥' },
      text: hostile,
      name: hostile,
      number: null,
      email: hostile,
      agreesToPhotos: true,
      channel: 'inbox',
      createdAt: at,
      submittedAt: at,
      dueAt: at,
      openedAt: at,
      endedAt: null,
      expiresAt: at,
      photos: [{ photo: 'kept' }],
      replies: [{ at, text: hostile }],
      helpDeskAnswers: [{ outcome: 'return', decidedAt: at, text: hostile }],
    },
  ],
  photos: ['kept', 'over', 'lost'].map((id) => ({
    id,
    bytes: 1,
    width: 40,
    height: 30,
    orientation: 6,
    createdAt: at,
    removeAfter: at,
  })),
  corrections: [
    {
      kind: 'name',
      status: 'done',
      before: hostile,
      after: hostile,
      evidence: hostile,
      requestedAt: at,
      decidedAt: at,
      expiresAt: at,
    },
  ],
  weChat: { openId: hostile, boundAt: at },
  ministry: { account: hostile, linkedAt: at },
  sessions: [{ label: hostile, createdAt: at, lastSeenAt: at, provedAt: at, endedAt: null }],
  notices: [{ kind: 'new_device', facts: { device: hostile, [hostile]: hostile }, at, readAt: at }],
  history: [
    {
      at,
      action: 'desk.revealed',
      by: 'staff',
      facts: { role: 'reviewer', [hostile]: { deep: [hostile] }, constructor: 'toString' },
    },
  ],
  numberClaims: [
    {
      isOwn: true,
      claimNumber: hostile,
      status: hostile,
      createdAt: at,
      noticedAt: at,
      objectUntil: at,
      objectedAt: null,
      endedAt: null,
    },
  ],
  cancellation: { requestedAt: at, dueAt: at },
});

const photos = new Map<string, CopiedPhoto>([
  ['kept', 'data:image/jpeg;base64,/9j/'],
  ['over', 'gone'],
  ['lost', 'failed'],
]);

const parsed = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** The names in a value of the export; the facts' names are shown too. */
const keysIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Array.isArray(value)
      ? value.flatMap(keysIn)
      : Object.entries(value).flatMap(([key, each]) =>
          key === 'facts' ? [key] : [key, ...keysIn(each)],
        );

test.each(['zh', 'en'] as const)(
  'X-07: the readable copy in %s has every key of the export, in words',
  async (language) => {
    await setLanguage(language);
    const words = { zh, en }[language];
    const page = parsed(readableCopy(data, words, photos));
    expect(page.documentElement.lang).toBe({ zh: 'zh-CN', en: 'en' }[language]);
    const terms = new Set(
      Array.from(page.querySelectorAll('dt, h2'), ({ textContent }) => textContent),
    );
    const keys = [...new Set(keysIn(data))] as (keyof typeof words.terms)[];
    expect(keys.filter((key) => !terms.has(words.terms[key]))).toEqual([]);
    expect(Object.keys(words.terms).filter((key) => !keys.includes(key as never))).toEqual([]);
    const text = page.body.textContent;
    for (const code of ['resident_identity_card', 'photo_glare', 'desk.revealed', 'new_device']) {
      expect(text).not.toContain(code);
    }
    expect(text).toContain({ zh: '2026 年 11 月 21 日 12:00', en: '12:00' }[language]);
    expect(text).toContain({ zh: '藏族', en: 'Zang (Tibetan)' }[language]);
  },
);

test('X-07: what anybody has typed is text, and the copy runs and fetches nothing', () => {
  const page = parsed(readableCopy(data, zh, photos));
  expect(page.querySelectorAll('script, img, link, iframe, [onerror]')).toHaveLength(0);
  const values = [...page.querySelectorAll('dd')].map(({ textContent }) => textContent);
  const count = JSON.stringify(data).split(`:${JSON.stringify(hostile)}`).length - 1;
  expect(values.filter((value) => value === hostile)).toHaveLength(count);
  expect(
    [...page.querySelectorAll('dt')].filter((term) => term.textContent === hostile),
  ).toHaveLength(2);
  const policy = page.querySelector('meta[http-equiv]')?.getAttribute('content');
  expect(policy).toContain("default-src 'none'");
});

test('X-07a: photos are within, upright; one that is missing is said to be', async () => {
  // Node's own Response makes blobs that the reader of jsdom does not know.
  const jpeg = new Blob([new Uint8Array([255, 216, 255])], { type: 'image/jpeg' });
  vi.stubGlobal('fetch', (address: string) => {
    if (address === '/photos/lost') return Promise.reject(new Error('offline'));
    return Promise.resolve(
      address === '/photos/kept'
        ? { ok: true, status: 200, blob: () => Promise.resolve(jpeg) }
        : { ok: false, status: 404 },
    );
  });
  const { text, missing } = await makeReadableCopy(data);
  expect(text).toContain('data:image/jpeg;base64,/9j/AA==');
  expect(missing).toBe(1);
  const page = parsed(text);
  const [kept, over, lost] = ['kept', 'over', 'lost'].map((id) => page.getElementById(id));
  const svg = kept?.querySelector('svg');
  expect(svg?.getAttribute('viewBox')).toBe('0 0 30 40');
  expect(svg?.getAttribute('aria-label')).toBe(`证件有人像的一面，${hostile}`);
  expect(svg?.querySelector('image')?.getAttribute('href')).toBe('data:image/jpeg;base64,/9j/');
  expect(over?.textContent).toContain(zh.photoGone);
  expect(lost?.textContent).toContain(zh.photoFailed);
  expect(page.querySelector('a[href="#kept"]')).not.toBeNull();
});
