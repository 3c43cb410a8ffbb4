import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { useOperator } from '../operator.ts';
import { Facts } from '../ui/blocks.tsx';
import { zh } from './operator-facts.zh.ts';

const copy = defineCopy(zh, () => import('./operator-facts.en.ts'));

/** Where to write and call (T-PWD-01, PIPL 17): the operator's settings. `withName` adds who it is, and where to complain. */
export function OperatorFacts(props: { withName?: boolean }) {
  const operator = useOperator();
  return (
    <div class="operator-facts">
      <Show when={operator()}>
        {(said) => {
          const { email, phone, hours, address } = said().contact;
          const contact = () => [
            {
              term: copy().email,
              value: (
                <a class="alone" href={`mailto:${email}`}>
                  {email}
                </a>
              ),
            },
            {
              term: copy().phone,
              value: (
                <a class="alone" href={`tel:${phone}`}>
                  {phone}
                </a>
              ),
            },
            { term: copy().hours, value: hours },
            { term: copy().address, value: address },
          ];
          return (
            <Facts
              rows={
                props.withName === true
                  ? [
                      { term: copy().name, value: said().name },
                      ...contact(),
                      { term: copy().complaints, value: said().complaints },
                    ]
                  : contact()
              }
            />
          );
        }}
      </Show>
    </div>
  );
}
