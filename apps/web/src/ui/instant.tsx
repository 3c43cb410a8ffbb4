import { formatInstant } from '../copy/format.ts';

/** Day and time of an instant in Shanghai, for readers and for programs. */
export function Instant(props: { atMs: number }) {
  return <time datetime={new Date(props.atMs).toISOString()}>{formatInstant(props.atMs)}</time>;
}
