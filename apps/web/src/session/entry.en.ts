import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './entry.zh.ts';

export const en: Translated<typeof zh> = {
  welcome: (name, entry) => `Welcome to ${name}: sign in for ${entry}`,
  on: (service) => `You are here for: ${service}`,
};
