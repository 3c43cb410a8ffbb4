import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './credential-frame.zh.ts';

export const en: Translated<typeof zh> = {
  documents: 'For holders of: ',
  stop: '.',
  way: (at, title) => `Way ${at}: ${title}`,
  checked: (day) => ` We checked these steps on ${day}; the apps may have changed since.`,
};
