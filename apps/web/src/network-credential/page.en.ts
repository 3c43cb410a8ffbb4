import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './page.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Network certificate (网证)',
  lead: 'It is issued to individuals by the national online identity service.',
  voluntary:
    'It is voluntary. Without it you can prove who you are in another way and use the same services. It does not guarantee that police records are updated at once.',
  howTitle: 'How to open one',
  otherTitle: 'You do not want one, or cannot open one?',
  other:
    'Bring your identity card to a registration window, where a clerk compares you with it; that counts like the check online. Take a ticket on the page “Identity check” while you register, or with your levels once you have signed in.',
  otherHere:
    'You can ask for a manual review: upload photos of your document, and staff compare them.',
};
