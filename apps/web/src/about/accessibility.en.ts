import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './accessibility.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Accessibility',
  lead: 'So that everybody can finish by themselves.',
  sections: [
    {
      id: 'reading',
      title: 'Reading',
      paragraphs: [],
      list: [
        '“Large text” at the top enlarges text and buttons, “Larger” takes them to the largest. The choice is remembered.',
        'Your browser’s own zoom works too; pages never scroll sideways.',
        'Light or dark colours can be chosen at the foot of the page. Colour never stands alone: words say the same.',
      ],
    },
    {
      id: 'keyboard',
      title: 'Without a mouse',
      paragraphs: [],
      list: [
        'Everything can be done with the keyboard. Tab moves on; a clear frame shows where you are.',
        'The first link of every page is “Skip to main content”.',
        'Move the puzzle with the arrow keys and press Enter, or choose “Another way”, which needs neither seeing nor dragging.',
      ],
    },
    {
      id: 'readers',
      title: 'Screen readers',
      paragraphs: [
        'Headings, forms and messages have names. If something needs correcting it is read out first, with a link to each place. Codes can be filled in from the message.',
      ],
    },
    {
      id: 'time',
      title: 'Time',
      paragraphs: [
        'You are warned before you are signed out, and one press keeps you signed in. What you filled in stays.',
      ],
    },
    {
      id: 'standard',
      title: 'Standards',
      paragraphs: [
        'Made to WCAG 2.2 level AA and to the design rules for older people of the Ministry of Industry and Information Technology.',
      ],
    },
  ],
};
