import { vi } from 'vitest';

// Before each file that replaces modules: it loads its own, and no other file gets those that it has replaced.
vi.resetModules();
