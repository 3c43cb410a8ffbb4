import { useQuery, type UseQueryResult } from '@tanstack/solid-query';
import { type JSX, Show } from 'solid-js';
import { failureOf } from '../api.ts';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { queries } from './queries.ts';
import { useStaff } from './session/staff.tsx';

/** What a page of the console reads, kept under `key` and asked again when it is shown anew. */
export function useAsked<T>(
  key: () => readonly unknown[],
  request: () => Promise<T>,
): UseQueryResult<T> {
  const staff = useStaff();
  return useQuery(
    () => ({ queryKey: key(), queryFn: () => staff.call(request) }),
    () => queries,
  );
}

/** What was asked, once it is here; until then that it is coming, or why it did not come. */
export function Asked<T>(props: {
  query: UseQueryResult<T>;
  children: (data: () => T) => JSX.Element;
}) {
  // The data of a query that has not come suspends, and that of one that failed throws.
  const data = () => (props.query.isSuccess ? props.query.data : undefined);
  return (
    <Show
      when={data()}
      fallback={
        <Show when={props.query.error} fallback={<Loading />}>
          {(error) => (
            <FailureNote failure={failureOf(error())} onRetry={() => void props.query.refetch()} />
          )}
        </Show>
      }
    >
      {(shown) => props.children(shown)}
    </Show>
  );
}
