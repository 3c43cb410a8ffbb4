import { cleanup } from '@solidjs/testing-library';
import { afterEach } from 'vitest';
import { fetchSentences } from './copy/failures.ts';

// A second after a page has opened they are there; no test waits that long.
await fetchSentences();

// Of itself the library clears the page only in the first file that loads it.
afterEach(cleanup);
