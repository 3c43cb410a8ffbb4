/** What makes a photo fit, for the form of a question alone: it is loaded when one is chosen. */
export { fitJpeg } from '../review/photo/fit-jpeg.ts';
