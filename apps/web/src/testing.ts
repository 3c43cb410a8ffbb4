import './testing-portal.ts';
import { cleanup } from '@solidjs/testing-library';
import { afterEach } from 'vitest';
import { fetchErrors, fetchProblems } from './copy/failures.ts';
import './console/problems.ts';

// A second after a page has opened, and by the time of a refusal, they are there; no test waits that long.
await Promise.all([fetchErrors(), fetchProblems()]);

// Of itself the library clears the page only in the first file that loads it.
afterEach(cleanup);
