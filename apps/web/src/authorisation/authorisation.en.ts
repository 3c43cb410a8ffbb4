import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './authorisation.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Authorisation of registration offices',
  lead: 'When a registration office asks whether you agree to register a company, it is told yes only while you have this switched on.',
  notOffered: 'This site has no such authorisation.',
  question: 'Register a company',
  on: 'Yes',
  off: 'No',
  needsLevel: (level) => `You need real-name level ${level} to authorise an office.`,
  toLevels: 'See your level',
  until: (day) => `Valid through ${day}; it then ends by itself.`,
  purposesTitle: 'Matters',
  purposes: {
    establish: 'Setting a company up',
    change: 'Changing a company (filing)',
    cancel: 'Closing a company',
  },
  purposesTerm: 'Matters',
  lastDay: 'Last day',
  lastDayHint: (first, last) => `From ${first} to ${last}.`,
  uses: 'How often',
  usesOptions: {
    once: 'Once',
    several: 'Several times',
    until_day: 'As often as needed until the last day',
  },
  count: 'Times',
  countHint: (least, most) => `${least} to ${most}`,
  usedTerm: 'Used',
  used: (used, allowed) => (allowed === null ? `${used} (no limit)` : `${used} of ${allowed}`),
  openedTerm: 'Opened',
  open: 'Switch to “Yes”',
  close: 'Switch to “No”',
  advice:
    'A registration office has asked. When you are done, switch to “No”, so that nobody else can use your identity.',
  ended: {
    holder: 'You ended the last authorisation.',
    used_up: 'The last authorisation was used up and has ended.',
    last_day: 'The last day of the last authorisation is over.',
    secured: 'Your password, a contact or a sign-in changed, so the last authorisation was ended.',
  },
  questions: 'Questions of registration offices',
  none: 'No registration office has asked yet.',
  asked: (office, purpose) => `${office} asked: ${purpose}`,
  answers: { yes: 'Answer: yes', no: 'Answer: no' },
  receipt: (id) => `Receipt ${id}`,
};
