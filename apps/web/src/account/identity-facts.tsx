import { Facts } from '../ui/blocks.tsx';
import type { IdentityRow } from './identity-rows.ts';

const inFigures = new Set([
  'number',
  'validity',
  'travelPermitNumber',
  'localDocumentNumber',
  'mobile',
]);

/** Rows of 个人身份信息; numbers in figures of one width. */
export function IdentityFacts(props: { rows: readonly IdentityRow[] }) {
  return (
    <Facts
      rows={props.rows.map(({ key, term, value }) => ({
        term,
        value: inFigures.has(key) ? <span class="num">{value}</span> : value,
      }))}
    />
  );
}
