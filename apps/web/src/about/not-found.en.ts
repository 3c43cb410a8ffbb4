import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './not-found.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Page not found',
  lead: 'The address may be incomplete, or the page may have moved. Start from the home page.',
  home: 'Go to the home page',
  help: 'Read the help',
};
