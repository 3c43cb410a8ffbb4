/** What the photos of a manual review are called. */
export const photoNames = {
  a: 'A面照片',
  b: 'B面照片',
  holding: '手持证件照',
};
