/** The language of the words that come with the pages themselves. */
export const zh = 'zh';
