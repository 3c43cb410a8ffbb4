/** The member `name` of a JSON object, `undefined` when there is none. */
export function member(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null) return undefined;
  return Object.hasOwn(json, name) ? Reflect.get(json, name) : undefined;
}

/** The member `name` of a JSON object when it is a string with something in it, else `null`. */
export function text(json: unknown, name: string): string | null {
  const value = member(json, name);
  return typeof value === 'string' && value !== '' ? value : null;
}
