// Before each file; the first one of a process starts the stack itself.
await globalThis.renewStack?.();
