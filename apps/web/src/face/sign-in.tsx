import { groupNumber, parseUserName, shanghaiDate } from '@shiming/domain';
import { serverNow } from '../clock.ts';
import { usePortal } from '../portal.ts';
import { Puzzle } from '../puzzle/puzzle.tsx';
import { puzzleCalls } from '../puzzle/puzzle-calls.ts';
import { onTicket } from '../puzzle/with-ticket.ts';
import { NumberGroupedField } from '../ui/text-field.tsx';
import { ByFace, type ConsentOf, type Typed } from './by-face.tsx';
import { faceCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';
import '../copy/document-problems.ts';

/** E-LOG-01: whose face it is said to be. Whether there is such an account is never said. */
export function SignInByFace(props: { of: ConsentOf }) {
  return (
    <ByFace
      of={props.of}
      besides={{
        fields: (form) => (
          <>
            <NumberGroupedField
              field={form.field('name')}
              label={copy().number}
              hint={copy().numberHint}
              group={groupNumber}
              autocomplete="username"
            />
            <Puzzle field={form.field('ticket')} {...puzzleCalls('login')} />
          </>
        ),
        problems,
        on: onTicket,
      }}
    />
  );
}

function problems({ name: typed, ticket }: Typed) {
  const name = parseUserName(typed, shanghaiDate(serverNow()), usePortal());
  return {
    ...(name.ok ? {} : { name: name.code }),
    ...(ticket === '' ? { ticket: { code: 'puzzle.not_solved' } as const } : {}),
  };
}
