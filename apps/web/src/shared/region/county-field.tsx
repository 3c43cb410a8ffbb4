import { provinces } from '@shiming/domain';
import { createEffect, createSignal, For, on } from 'solid-js';
import { defineCopy } from '../../copy/define-copy.ts';
import { ui } from '../../copy/ui.ts';
import type { FieldBinding } from '../../form/create-form.ts';
import { fieldId } from '../../form/field-id.ts';
import { explainedBy, Field, isBad } from '../../ui/field.tsx';
import { type City, citiesOf } from './counties.ts';
import { zh } from './county-field.zh.ts';

const copy = defineCopy(zh, () => import('./county-field.en.ts'));

/** S-NAM-01: chooses a county: the province, whose list then comes, and in it the county below its city. */
export function CountyField(props: { field: FieldBinding<string>; label: string }) {
  const [province, setProvince] = createSignal(props.field.value().slice(0, 2));
  const [isFailed, setFailed] = createSignal(false);
  const [cities, setCities] = createSignal<readonly City[]>([]);
  createEffect(
    on(province, async (chosen) => {
      const found = await citiesOf(chosen).catch(() => undefined);
      if (chosen !== province()) return;
      setCities(found ?? []);
      // Chosen again, it is asked for again.
      if (found === undefined) {
        setFailed(true);
        setProvince('');
      }
    }),
  );
  const provinceField: FieldBinding<string> = {
    ...props.field,
    name: `${props.field.name}Province`,
    value: province,
    set(code) {
      setProvince(code);
      setFailed(false);
      props.field.set('');
    },
    problem: () => (isFailed() ? { code: 'network.unreachable' } : undefined),
  };
  return (
    <>
      <Field field={provinceField} label={copy().province(props.label)}>
        <select
          id={fieldId(provinceField.name)}
          name={provinceField.name}
          onChange={(event) => provinceField.set(event.currentTarget.value)}
          aria-describedby={explainedBy(provinceField, false)}
          aria-invalid={isBad(provinceField)}
        >
          <option value="" selected={province() === ''}>
            {ui().choose}
          </option>
          <For each={Object.entries(provinces)}>
            {([code, name]) => (
              <option value={code} selected={province() === code} lang="zh-CN">
                {name}
              </option>
            )}
          </For>
        </select>
      </Field>
      <Field field={props.field} label={copy().county(props.label)} hint={copy().hint}>
        <select
          id={fieldId(props.field.name)}
          name={props.field.name}
          onChange={(event) => props.field.set(event.currentTarget.value)}
          aria-describedby={explainedBy(props.field, true)}
          aria-invalid={isBad(props.field)}
        >
          <option value="" selected={props.field.value() === ''}>
            {ui().choose}
          </option>
          <For each={cities()}>
            {(city) => (
              <optgroup label={city.name} lang="zh-CN">
                <For each={city.counties}>
                  {({ code, name }) => (
                    <option value={code} selected={props.field.value() === code}>
                      {name}
                    </option>
                  )}
                </For>
              </optgroup>
            )}
          </For>
        </select>
      </Field>
    </>
  );
}
