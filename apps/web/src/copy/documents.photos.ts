import { defineCopy } from './define-copy.ts';
import { zh } from './documents.photos.zh.ts';

/** The words for the photos of a document, which only a review needs. */
export const documentPhotos = defineCopy(zh, () => import('./documents.photos.en.ts'));
