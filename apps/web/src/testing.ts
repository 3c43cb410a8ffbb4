import './testing-portal.ts';
import { cleanup, configure } from '@solidjs/testing-library';
import { afterEach } from 'vitest';
import { fetchErrors, fetchProblems } from './copy/failures.ts';
import './console/problems.ts';

// A second after a page has opened, and by the time of a refusal, they are there; no test waits that long.
await Promise.all([fetchErrors(), fetchProblems()]);

// Its own second is too short for a machine that has much else to do.
configure({ asyncUtilTimeout: 60_000 });

// Of itself the library clears the page only in the first file that loads it.
afterEach(cleanup);
