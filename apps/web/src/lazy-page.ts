import { lazy, type ValidComponent } from 'solid-js';
import { fetchWords } from './copy/language.ts';

/** A component of any props. */
type Rendered = Exclude<ValidComponent, string>;

/** What a page is made of did not arrive. */
export class PageMissing extends Error {}

/**
 * A page, or a part of one, in a chunk of its own: `name` among what `load` fetches; it is here with its words. Throws PageMissing to the boundary
 * where it is shown, not where it is only fetched ahead.
 */
export function page<Name extends string, Module extends Record<Name, Rendered>>(
  load: () => Promise<Module>,
  name: Name,
): Module[Name] {
  return lazy(async () => {
    const loaded = await load().catch(() => {
      throw new PageMissing();
    });
    await fetchWords();
    return { default: loaded[name] };
  });
}
