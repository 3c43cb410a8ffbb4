import type { RecordFinding, RecordKind } from '@shiming/domain';

/** What is asked: the records of one kind that an authority holds under a name and the number of a document. */
export type RecordQuery = { kind: RecordKind; name: string; number: string };

/** One answer for every authority; `rawCode` and `requestId` are for the help desk. */
export type RecordAnswer = RecordFinding & {
  rawCode: string;
  requestId: string | null;
};

/** The authorities of records behind one gateway. A question never rejects. */
export type RecordSource = {
  findRecords(query: RecordQuery): Promise<RecordAnswer>;
};
