import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Compiles the WebAssembly of `@phi-ag/argon2` in Node, where it cannot be imported as a module. */
export async function nodeArgon2Module(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@phi-ag/argon2/argon2.wasm');
  return WebAssembly.compile(await readFile(path));
}
