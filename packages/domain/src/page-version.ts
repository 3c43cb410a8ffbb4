/**
 * The version of what pages and procedures say to each other. Raise it with a change that pages of the last release do
 * not know: they are refused (`page.outdated`), load again and keep what was typed.
 */
export const pageVersion = '7';

/** The header in which a page says which version it speaks. */
export const pageVersionHeader = 'x-page-version';
