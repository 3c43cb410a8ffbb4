import type { Context } from 'hono';

/** A text field of a JSON body, or `null`. */
export async function bodyField(c: Context, name: string): Promise<string | null> {
  const body: unknown = await c.req.json().catch(() => null);
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
  return typeof value === 'string' ? value : null;
}
