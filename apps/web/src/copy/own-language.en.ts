/** The same of the pages that are built for English visits. */
export const en = 'en';
