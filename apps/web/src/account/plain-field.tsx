import { profileField, type ProfileField } from '@shiming/domain';
import { Show, Suspense } from 'solid-js';
import '../copy/plain-problems.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { bilingual } from '../portal.ts';
import { Loading } from '../ui/blocks.tsx';
import { TextField } from '../ui/text-field.tsx';

const CountyField = page(() => import('../shared/region/county-field.tsx'), 'CountyField');

const isCounty = (field: ProfileField): boolean => profileField(field).asked === 'county';

/** Whether a field of the profile is a text or a county, which need none of the lists and dates of the others. */
export const isPlain = (field: ProfileField): boolean =>
  isCounty(field) || profileField(field).asked === 'text';

export function PlainField(props: { of: ProfileField; field: FieldBinding<string> }) {
  const label = () => bilingual(profileField(props.of).label);
  return (
    <Show
      when={isCounty(props.of)}
      fallback={<TextField field={props.field} label={label()} optional />}
    >
      <Suspense fallback={<Loading />}>
        <CountyField field={props.field} label={label()} />
      </Suspense>
    </Show>
  );
}
