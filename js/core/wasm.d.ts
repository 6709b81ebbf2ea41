declare module "#wasm" {
  /** A compiled module, or a function that returns the bytes of one. */
  const source: WebAssembly.Module | (() => BufferSource);
  export default source;
}

declare module "#wasm-slim" {
  /** A compiled module, or a function that returns the bytes of one. */
  const source: WebAssembly.Module | (() => BufferSource);
  export default source;
}

declare module "#wasm-patterns" {
  /** A compiled module, or a function that returns the bytes of one. */
  const source: WebAssembly.Module | (() => BufferSource);
  export default source;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*_text.js" {
  /** The bytes of a build in base64. */
  const text: string;
  export default text;
}
