import type { api } from '../api.ts';
import { formatInstant } from '../copy/format.ts';
import { Facts } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { authorisationCopy as copy } from './copy.ts';

type View = NonNullable<Awaited<ReturnType<typeof api.authorisation.view.query>>>;
export type Matter = View['matters'][number];

/** What an office asks about: the company, the role of the person, and what is done. */
export function MatterFacts(props: { matter: Matter }) {
  return (
    <Facts
      rows={[
        { term: copy().matter.company, value: <Foreign>{props.matter.company}</Foreign> },
        { term: copy().matter.role, value: copy().matter.roles[props.matter.role] },
        { term: copy().matter.purpose, value: copy().purposes[props.matter.purpose] },
        { term: copy().matter.office, value: <Foreign>{props.matter.office}</Foreign> },
        ...(props.matter.status === 'waiting'
          ? [{ term: copy().matter.until, value: formatInstant(props.matter.expiresAtMs) }]
          : []),
      ]}
    />
  );
}
