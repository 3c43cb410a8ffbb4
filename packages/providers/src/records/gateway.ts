import {
  availableFrom,
  PersonRecord,
  type RecordField,
  recordFields,
  type RecordFinding,
  recordKinds,
} from '@shiming/domain';
import { member, text } from '../json.ts';
import { createTencentApi, type TencentAccount } from '../tencent/api.ts';
import { recordColumns } from './columns.ts';
import type { RecordQuery, RecordSource } from './port.ts';
import { recordOutcomeOf, reportOutcomeOf } from './replies.ts';

const dateOf = (compact: string) => compact.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

/** A row of the gateway as a record of the kind; `null` where it is none. Columns that the kind does not show stay out. */
function recordOf({ kind }: RecordQuery, row: unknown): PersonRecord | null {
  const valueOf = (field: RecordField) => {
    const value = text(row, recordColumns[field])?.trim();
    return recordFields[field] === 'date' && value !== undefined ? dateOf(value) : value;
  };
  const { fields } = recordKinds[kind];
  const said = fields.flatMap((field) => {
    const value = valueOf(field) ?? '';
    return value === '' ? [] : [[field, value] as const];
  });
  const photos = { admission: text(row, 'LQZP'), graduation: text(row, 'XLZP') };
  const parsed = PersonRecord.safeParse({
    id: text(row, 'ID'),
    fields: Object.fromEntries(said),
    ...(kind === 'photo_check' ? { photos } : {}),
  });
  return parsed.success ? parsed.data : null;
}

const nothing = { records: [], availableFrom: null } as const;

/** The finding in an answer; `null` where it makes no sense. */
function findingIn(response: unknown, query: RecordQuery, code: string): RecordFinding | null {
  const outcome = recordOutcomeOf(code);
  if (outcome === 'found') {
    const rows = member(response, 'Records');
    if (!Array.isArray(rows) || rows.length === 0 || rows.length > 50) return null;
    const records = rows.flatMap((row: unknown) => recordOf(query, row) ?? []);
    return records.length === rows.length ? { ...nothing, outcome, records } : null;
  }
  if (outcome === 'not_yet') {
    const closes = dateOf(text(response, 'LQJZRQ') ?? '');
    const isDate = /^\d{4}-\d\d-\d\d$/.test(closes) && !Number.isNaN(Date.parse(closes));
    return isDate ? { ...nothing, outcome, availableFrom: availableFrom(closes) } : null;
  }
  return { ...nothing, outcome };
}

/**
 * The authorities of records behind a gateway. None of them publishes a protocol, so the gateway speaks ours (README,
 * Records), in the envelope and under the signature of the identity authority's API.
 */
export function createRecordGateway(account: Omit<TencentAccount, 'region'>): RecordSource {
  const call = createTencentApi(
    { ...account, region: '' },
    { service: 'records', version: '2026-11-01' },
  );

  return {
    async findRecords(query) {
      const { kind, name, number } = query;
      const answer = await call('QueryRecords', {
        Authority: recordKinds[kind].authority,
        Kind: kind,
        XM: name,
        SFZH: number,
      });
      const { requestId } = answer;
      const code = answer.isOk ? text(answer.response, 'Result') : answer.code;
      const finding = code === null ? null : findingIn(answer.isOk && answer.response, query, code);
      return finding === null
        ? { ...nothing, outcome: 'unreachable', rawCode: 'malformed_answer', requestId }
        : { ...finding, rawCode: code ?? '', requestId };
    },
    async reportDispute({ id, recordId, outcome, reason, correction, photo }) {
      const answer = await call('ReportDispute', {
        Authority: recordKinds.photo_check.authority,
        DisputeId: id,
        ID: recordId,
        Outcome: outcome,
        Reason: reason,
        ...(correction === null
          ? {}
          : { Field: recordColumns[correction.field], Value: correction.value }),
        ...(photo === null ? {} : { XLZP: photo }),
      });
      const said = answer.isOk ? text(answer.response, 'Result') : answer.code;
      const rawCode = said ?? 'malformed_answer';
      return { outcome: reportOutcomeOf(rawCode), rawCode, requestId: answer.requestId };
    },
  };
}
