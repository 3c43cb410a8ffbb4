/** wrangler turns an imported `.wasm` file into a compiled module: workerd allows no other way. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** TCP as workerd has it (https://developers.cloudflare.com/workers/runtime-apis/tcp-sockets/). */
declare module 'cloudflare:sockets' {
  import type { Connect } from '@shiming/providers/mail';
  export const connect: Connect;
}

/** Compression as workerd has it (https://developers.cloudflare.com/workers/runtime-apis/nodejs/zlib/). */
declare module 'node:zlib' {
  import type { Zlib } from '@shiming/providers/puzzle';
  export const crc32: Zlib['crc32'];
  export const deflateSync: Zlib['deflateSync'];
}
