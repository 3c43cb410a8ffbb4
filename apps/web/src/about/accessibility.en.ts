import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './accessibility.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Accessibility',
  lead: 'We want everybody to be able to use this site without help.',
  sections: [
    {
      id: 'reading',
      title: 'Reading',
      paragraphs: [],
      list: [
        '“Large text” at the top enlarges text and buttons; “Larger” makes them as large as possible. This device remembers your choice.',
        '“Read aloud” in large text reads the page to you with a voice that your device has. If you do not see it, your device has no such voice.',
        'You can also zoom with your browser; pages never scroll sideways.',
        'You can choose light or dark colours at the foot of the page. We never use colour alone to tell you something: words always say the same.',
      ],
    },
    {
      id: 'keyboard',
      title: 'Without a mouse',
      paragraphs: [],
      list: [
        'You can do everything with the keyboard. Press Tab to move; a clear frame shows where you are.',
        'The first link of every page is “Skip to main content”.',
        'Move the puzzle with the arrow keys and press Enter, or choose “Another way”, for which you do not need to see or drag anything.',
      ],
    },
    {
      id: 'readers',
      title: 'Screen readers',
      paragraphs: [
        'Headings, forms and messages have names. If an answer needs correcting, your screen reader says so first, with a link to each place. Your phone can fill in codes from the text message.',
      ],
    },
    {
      id: 'time',
      title: 'Time',
      paragraphs: [
        'We warn you before we sign you out, and you can stay signed in with one press. We keep what you have filled in.',
      ],
    },
    {
      id: 'standard',
      title: 'Standards',
      paragraphs: [
        'We follow WCAG 2.2 at level AA and the design rules for older people of the Ministry of Industry and Information Technology.',
      ],
    },
  ],
};
