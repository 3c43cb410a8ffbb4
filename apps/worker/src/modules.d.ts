/** wrangler turns an imported `.wasm` file into a compiled module: workerd allows no other way. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
