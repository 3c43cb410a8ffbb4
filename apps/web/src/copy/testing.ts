import { fetchSentences } from './failures.ts';

// A second after a page has opened they are there; no test waits that long.
await fetchSentences();
