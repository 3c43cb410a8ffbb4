/** Sends a request to the outside: the global `fetch`, or another server's own handler. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** `json` is `undefined` when the body is none. Without an answer the request may still have been carried out. */
export type ExchangeResult =
  | { isAnswered: true; status: number; json: unknown }
  | { isAnswered: false; trouble: 'timeout' | 'network_error' };

/**
 * One request, one JSON answer, within `timeoutMs` counted to the end of the body. Never rejects.
 * Redirects are not followed: what is sent is signed for one host and names a person.
 */
export async function exchange(
  fetch: Fetch,
  url: URL,
  init: { headers: Record<string, string>; body?: string },
  timeoutMs: number,
): Promise<ExchangeResult> {
  const controller = new AbortController();
  // The race ends the wait even where `fetch` does not heed the signal.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<ExchangeResult>((resolve) => {
    timer = setTimeout(() => {
      resolve({ isAnswered: false, trouble: 'timeout' });
      controller.abort();
    }, timeoutMs);
  });

  const answer = async (): Promise<ExchangeResult> => {
    const { signal } = controller;
    const request = new Request(url, { ...init, method: 'POST', redirect: 'manual', signal });
    const response = await fetch(request);
    const text = await response.text();
    try {
      return { isAnswered: true, status: response.status, json: JSON.parse(text) };
    } catch {
      return { isAnswered: true, status: response.status, json: undefined };
    }
  };

  try {
    return await Promise.race([answer(), timeout]);
  } catch {
    return { isAnswered: false, trouble: 'network_error' };
  } finally {
    clearTimeout(timer);
  }
}
