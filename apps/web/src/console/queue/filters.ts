import {
  type DocumentType,
  documentTypes,
  type QueueQuery,
  type QueueStatus,
  queueStatuses,
  type ReasonCode,
  reasonCodes,
  type CaseStage,
  caseStages,
  startOfNextShanghaiDay,
} from '@shiming/domain';

/** How much time there is left, as the queue is filtered by it. */
export const dueFilters = ['overdue', 'today', 'week'] as const;
export type DueFilter = (typeof dueFilters)[number];

/** What the queue is filtered by, as it stands in the address. `reviewer` is an id, or `me`. */
export type Filters = {
  status: QueueStatus | undefined;
  stage: CaseStage | undefined;
  type: DocumentType | undefined;
  due: DueFilter | undefined;
  reason: ReasonCode | undefined;
  reviewer: string | undefined;
  cursor: string | undefined;
};

/** What takes every filter out of the address. */
export const noFilter = {
  status: '',
  stage: '',
  type: '',
  due: '',
  reason: '',
  reviewer: '',
  cursor: '',
} satisfies Record<keyof Filters, ''>;

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The filters in an address; what is not known there does not filter. */
export function filtersIn(params: Params): Filters {
  const text = (name: keyof Filters): string | undefined => {
    const value = params[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const among = <T extends string>(known: readonly T[], name: keyof Filters): T | undefined =>
    known.find((value) => value === text(name));
  return {
    status: among(queueStatuses, 'status'),
    stage: among(caseStages, 'stage'),
    type: among(documentTypes, 'type'),
    due: among(dueFilters, 'due'),
    reason: among(reasonCodes, 'reason'),
    reviewer: text('reviewer'),
    cursor: text('cursor'),
  };
}

/** Whether the rows are a part of what waits. */
export const isFiltered = (filters: Filters): boolean =>
  Object.entries(filters).some(([name, value]) => name !== 'cursor' && value !== undefined);

const dueBefore: Record<DueFilter, (nowMs: number) => number> = {
  overdue: (nowMs) => nowMs,
  today: (nowMs) => startOfNextShanghaiDay(nowMs),
  week: (nowMs) => startOfNextShanghaiDay(nowMs + 6 * 86_400_000),
};

/** The question to the server. What is due by the end of a day is due at the midnight after it. */
export function questionOf(filters: Filters, ownId: string, nowMs: number): QueueQuery {
  const { status, stage, type, due, reason, reviewer, cursor } = filters;
  return {
    ...(status === undefined ? {} : { status }),
    ...(stage === undefined ? {} : { stage }),
    ...(type === undefined ? {} : { documentType: type }),
    ...(due === undefined ? {} : { dueBeforeMs: dueBefore[due](nowMs) + 1 }),
    ...(reason === undefined ? {} : { reason }),
    ...(reviewer === undefined ? {} : { reviewerId: reviewer === 'me' ? ownId : reviewer }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
