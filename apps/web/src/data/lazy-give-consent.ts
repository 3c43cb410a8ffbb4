import { page } from '../lazy-page.ts';

/** `GiveConsent`, which hardly anybody meets. */
export const GiveConsent = page(() => import('./give-consent.tsx'), 'GiveConsent');
