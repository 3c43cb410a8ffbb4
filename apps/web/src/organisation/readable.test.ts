import type { OrganisationExport } from '@shiming/domain';
import { expect, test } from 'vitest';
import { readableOrganisation } from './readable.ts';
import { en } from './readable.en.ts';
import { zh } from './readable.zh.ts';

const hostile = `<img src=x onerror="alert(1)">'&`;
const at = '2026-11-21T04:00:00.000Z';
const data: OrganisationExport = {
  format: 'shiming.organisation',
  version: 1,
  portal: hostile,
  exportedAt: at,
  organisation: { name: hostile, code: hostile, createdAt: at, closesAt: null },
  contact: {
    person: hostile,
    mobile: hostile,
    email: hostile,
    consent: { version: '2027-01', givenAt: at },
  },
  letters: [
    {
      caseNumber: hostile,
      status: 'approved',
      name: hostile,
      person: hostile,
      mobile: hostile,
      email: hostile,
      text: hostile,
      replies: [{ at, text: hostile }],
      answers: [{ at, text: hostile, outcome: 'approve' }],
      telephonedAt: at,
      submittedAt: at,
      endedAt: at,
      images: [{ side: 'letter', jpeg: '/9j/AA' }],
    },
  ],
  sessions: [{ label: hostile, createdAt: at, lastSeenAt: at, endedAt: null }],
};

test.each([
  ['zh', zh],
  ['en', en],
] as const)(
  'PIPL 45: the copy of an organisation to be read, in %s, names all and runs nothing',
  (_, words) => {
    const page = new DOMParser().parseFromString(readableOrganisation(data, words), 'text/html');
    expect(
      page.querySelectorAll('script, [onerror], img:not([src^="data:image/jpeg"])'),
    ).toHaveLength(0);
    expect(page.querySelectorAll('img')).toHaveLength(1);
    const terms = Array.from(page.querySelectorAll('dt'), (term) => term.textContent);
    expect(terms).not.toContain('undefined');
    expect(new Set(terms)).toEqual(new Set(Object.values(words.terms)));
    const texts = Array.from(page.querySelectorAll('dd'), (value) => value.textContent);
    expect(texts.filter((text) => text === hostile).length).toBeGreaterThan(10);
    expect(texts).toContain(words.values.approved);
    expect(texts.join(' ')).not.toContain(at);
  },
);
