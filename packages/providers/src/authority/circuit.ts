import { type CircuitOptions, throughCircuit } from '../circuit.ts';
import type { IdentityAuthority } from './port.ts';

/**
 * Spares people the wait for a source that is down: after `failures` answers of `source_unavailable` in a row
 * every caller gets that answer (`rawCode` `circuit_open`) at once, for `openMs`.
 */
export function withCircuit(
  authority: IdentityAuthority,
  options: CircuitOptions,
): IdentityAuthority {
  return {
    products: authority.products,
    checkIdentity: throughCircuit((query) => authority.checkIdentity(query), {
      ...options,
      isFailure: ({ result }) => result === 'source_unavailable',
      whenOpen: (failure) => ({ ...failure, rawCode: 'circuit_open', requestId: null }),
    }),
  };
}
