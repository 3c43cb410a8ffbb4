import { type RetentionKind, retentionTerm, type WordsOf } from '@shiming/domain';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual } from '../portal.ts';
import { zh } from './retention-table.zh.ts';

export const retentionCopy = defineCopy(zh, () => import('./retention-table.en.ts'));

/** What a kind of data is for and until when it is kept. */
export function Term(props: { kind: RetentionKind; words: WordsOf<RetentionKind> }) {
  return (
    <>
      {retentionCopy().purpose}
      {bilingual(props.words.purpose)}
      <br />
      {retentionCopy().kept}
      {bilingual(retentionTerm(props.kind, props.words))}
    </>
  );
}
