import { formatSpan } from '../copy/spans.ts';
import { portalWord, usePortal } from '../portal.ts';

/** What a long text may say of the portal's rules, by the name that stands in it in braces. */
const rules = {
  code: () => formatSpan(usePortal().codes.sms.validMs),
  codesPerDay: () => usePortal().codes.sms.perDay,
  recoveriesPerDay: () => usePortal().recovery.perDay,
  link: () => formatSpan(usePortal().recovery.link.validMs),
  checksPerDay: () => usePortal().verification.perDay,
  reviewsPerPeriod: () => usePortal().review.perPeriod,
  workingDays: () => usePortal().review.workingDays,
  renamed: () => portalWord('renamed'),
  closing: () => formatSpan(usePortal().cancellation.waitMs),
} satisfies Record<string, () => string | number>;

const isRule = (name: string): name is keyof typeof rules => Object.hasOwn(rules, name);

/** A text with the portal's numbers in the places that are kept for them. */
export const withRules = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) =>
    isRule(name) ? String(rules[name]()) : place,
  );
