import { type RecordAuthorityId, recordAuthorities, recordKinds } from '@shiming/domain';
import { type CircuitOptions, throughCircuit } from '../circuit.ts';
import type { RecordSource } from './port.ts';

/** A circuit for each authority, so that one which is down keeps nobody waiting and closes none of the others. */
export function withCircuits(source: RecordSource, options: CircuitOptions): RecordSource {
  const ask = Object.fromEntries(
    recordAuthorities.map((authority) => [
      authority,
      throughCircuit((query) => source.findRecords(query), {
        ...options,
        isFailure: ({ outcome }) => outcome === 'unreachable',
        whenOpen: (failure) => ({ ...failure, rawCode: 'circuit_open', requestId: null }),
      }),
    ]),
  ) as Record<RecordAuthorityId, RecordSource['findRecords']>;
  return {
    ...source,
    findRecords: (query) => ask[recordKinds[query.kind].authority](query),
  };
}
