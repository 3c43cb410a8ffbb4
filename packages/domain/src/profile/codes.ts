import type { FieldAsked } from './fields.ts';

/**
 * The codes of what a field of the profile is chosen from (`options.ts`): their names are for pages alone, and the Worker
 * would carry those of 58 peoples to read two digits.
 */
export const optionCodes: Readonly<Record<FieldAsked<'choice'>, RegExp>> = {
  sex: /^(?:fe)?male$/,
  ethnicity: /^(?:0[1-9]|[1-4]\d|5[0-6]|9[78])$/,
};

/** A code of six digits that begins with those of a province (`provinces.ts`). */
const inProvince = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}$/;

/** 东莞市, 中山市, 儋州市: they have no counties, so that a household register there has the code of the city. */
const withoutCounties: ReadonlySet<string> = new Set(['441900', '442000', '460400']);

/** Whether a text is the code of a county, or of a city that has none. Which counties there are changes every year. */
export const isCounty = (code: string): boolean =>
  inProvince.test(code) && (!code.endsWith('00') || withoutCounties.has(code));
