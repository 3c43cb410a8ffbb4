import type { DisputeReport, RecordFinding, RecordKind, ReportOutcome } from '@shiming/domain';

/** What is asked: the records of one kind that an authority holds under a name and the number of a document. */
export type RecordQuery = { kind: RecordKind; name: string; number: string };

/** One answer for every authority; `rawCode` and `requestId` are for the help desk. */
export type RecordAnswer = RecordFinding & {
  rawCode: string;
  requestId: string | null;
};

export type ReportAnswer = { outcome: ReportOutcome; rawCode: string; requestId: string | null };

/** The authorities of records behind one gateway. Neither a question nor a report rejects. */
export type RecordSource = {
  findRecords(query: RecordQuery): Promise<RecordAnswer>;
  reportDispute(report: DisputeReport): Promise<ReportAnswer>;
};
