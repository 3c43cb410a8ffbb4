import { createMinistry } from '@shiming/providers/ministry';
import { serveMinistry } from '@shiming/providers/ministry/remote';

/** Less than the Worker in front waits for a vendor of messages: the person waits for one more answer after this one. */
const timeoutMs = 6_000;

const answer = serveMinistry((client) =>
  createMinistry({
    ...client,
    // workerd's `fetch` wants to be called as a function of its own.
    fetch: (request) => fetch(request),
    now: () => Date.now(),
    timeoutMs,
  }),
);

export default { fetch: (request: Request): Promise<Response> => answer(request) };
