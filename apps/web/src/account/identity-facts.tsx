import { isMaskedField, profileFieldIds } from '@shiming/domain';
import { Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { Facts, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { rowsCopy, type IdentityRow } from '../shared/identity-rows.ts';

const inFigures = new Set<string>([
  'number',
  'validity',
  'mobile',
  ...profileFieldIds.filter(isMaskedField),
]);

/** Rows of 个人身份信息; numbers in figures of one width. `changes` has the page that changes a row, by its key; `isProved` which contacts are proved. */
export function IdentityFacts(props: {
  rows: readonly IdentityRow[];
  changes?: Readonly<Record<string, string>>;
  isProved?: Readonly<Record<string, boolean>>;
}) {
  return (
    <Facts
      rows={props.rows.map(({ key, term, value }) => {
        const path = props.changes?.[key];
        return {
          term,
          value: (
            <>
              {inFigures.has(key) ? <Num>{value}</Num> : <Foreign>{value}</Foreign>}
              <Show when={props.isProved?.[key] === false}>
                {' '}
                <span class="soft">{rowsCopy().notProved}</span>
              </Show>
            </>
          ),
          action: path && (
            <A class="link" href={path} aria-label={rowsCopy().changeLabel(term)}>
              {rowsCopy().change}
            </A>
          ),
        };
      })}
    />
  );
}
