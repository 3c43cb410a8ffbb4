import type * as z from 'zod/mini';

export type Schema = z.core.$ZodType;

// oxlint-disable-next-line no-underscore-dangle -- where zod keeps what a schema is made of
const definitionOf = (schema: Schema): z.core.$ZodTypeDef => schema._zod.def;

/** What is put into an input, by the kind of a field. `name` is the field's own, `''` of an element of a list. */
export interface Filling {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number;
  readonly boolean: (name: string) => boolean;
  readonly choice: (of: readonly unknown[]) => unknown;
  /** Whether a field that may be missing, or may be null, is there. */
  readonly isThere: (name: string) => boolean;
  readonly length: (name: string) => number;
}

/** An input of the shape that a schema takes. */
export function exampleOf(schema: Schema, filling: Filling, name = ''): unknown {
  const def = definitionOf(schema);
  if (def.type === 'object') {
    const { shape } = def as z.core.$ZodObjectDef;
    const fields = Object.entries(shape).flatMap(([key, value]): [string, unknown][] => {
      const isLeftOut = definitionOf(value).type === 'optional' && !filling.isThere(key);
      return isLeftOut ? [] : [[key, exampleOf(value, filling, key)]];
    });
    return Object.fromEntries(fields);
  }
  if (def.type === 'optional') {
    return exampleOf((def as z.core.$ZodOptionalDef).innerType, filling, name);
  }
  if (def.type === 'nullable') {
    const { innerType } = def as z.core.$ZodNullableDef;
    return filling.isThere(name) ? exampleOf(innerType, filling, name) : null;
  }
  if (def.type === 'array') {
    const { element } = def as z.core.$ZodArrayDef;
    return Array.from({ length: filling.length(name) }, () => exampleOf(element, filling, name));
  }
  if (def.type === 'enum')
    return filling.choice(Object.values((def as z.core.$ZodEnumDef).entries));
  if (def.type === 'string') return filling.text(name);
  if (def.type === 'number') return filling.number(name);
  if (def.type === 'boolean') return filling.boolean(name);
  throw new Error(`There is no example of a schema of type ${def.type}.`);
}
