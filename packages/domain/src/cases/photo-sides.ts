/** The three photos of a review: the two faces of the document, and the person holding it (T-REV-01). */
export const photoSides = ['a', 'b', 'holding'] as const;
export type PhotoSide = (typeof photoSides)[number];

export const isPhotoSide = (text: string): text is PhotoSide =>
  (photoSides as readonly string[]).includes(text);
