import { lazyPage } from '../lazy-page.ts';

/** `GiveConsent`, which hardly anybody meets. */
export const GiveConsent = lazyPage(async () => ({
  default: (await import('./give-consent.tsx')).GiveConsent,
}));
