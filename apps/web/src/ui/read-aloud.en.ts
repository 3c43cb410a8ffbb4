import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './read-aloud.zh.ts';

export const en: Translated<typeof zh> = { read: 'Read aloud', stop: 'Stop reading' };
