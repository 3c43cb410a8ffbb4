import { defineCopy } from '../copy/define-copy.ts';
import { Note } from '../ui/blocks.tsx';
import { zh } from './vouched-note.zh.ts';

const copy = defineCopy(zh, () => import('./vouched-note.en.ts'));

/** Says that the form was filled in with what the ministry vouches for. */
export const VouchedNote = () => <Note tone="info">{copy().note}</Note>;
