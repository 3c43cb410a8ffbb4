import type { DocumentType } from '@shiming/domain';
import { type JSX, Show } from 'solid-js';
import { Navigate, useLocation } from '../router/router.tsx';
import { identityPath } from './next.ts';

/** What is known of somebody who has said who they are. */
export type Known<T> = T & { documentType: DocumentType };

/** A page of somebody who has said who they are; everybody else is led to the page of 实名信息 and back. */
export function WithIdentity<T extends { documentType: DocumentType | null }>(props: {
  of: T;
  children(known: () => Known<T>): JSX.Element;
}) {
  const location = useLocation();
  const known = (): Known<T> | undefined => {
    const { documentType } = props.of;
    return documentType === null ? undefined : { ...props.of, documentType };
  };
  return (
    <Show when={known()} fallback={<Navigate href={identityPath(location.pathname)} />}>
      {(shown) => props.children(shown)}
    </Show>
  );
}
