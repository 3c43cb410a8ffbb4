import { createEffect, on } from 'solid-js';

/** The id of the link in the row of a case. */
export const rowLinkId = (caseId: string): string => `case-${caseId}`;

/** Which row is the current one: the one with the focus, or that had it last. */
export function useRowKeys<R extends { caseId: string }>(rows: () => readonly R[]) {
  let at = -1;
  let id = '';
  const indexOfCurrent = () => {
    const now = rows().findIndex(({ caseId }) => caseId === id);
    return now === -1 ? Math.min(at, rows().length - 1) : now;
  };
  const focused = (caseId: string) => {
    id = caseId;
    at = rows().findIndex((row) => row.caseId === caseId);
  };
  // Another page or another question begins at its top.
  createEffect(
    on(
      () => rows()[0]?.caseId,
      () => {
        if (!rows().some(({ caseId }) => caseId === id)) at = -1;
      },
    ),
  );
  return {
    focused,
    current: () => rows()[indexOfCurrent()],
    move(step: 1 | -1) {
      const last = rows().length - 1;
      const row = rows()[Math.max(0, Math.min(last, indexOfCurrent() + step))];
      if (row !== undefined) document.getElementById(rowLinkId(row.caseId))?.focus();
    },
  };
}
