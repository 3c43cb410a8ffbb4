/** What the photos of a manual review are called. */
export const photoNames = {
  a: 'Photo of side A',
  b: 'Photo of side B',
  holding: 'Photo of you holding it',
};
