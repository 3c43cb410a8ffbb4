import { QueryClient } from '@tanstack/solid-query';

/**
 * What pages have asked: it stays for a while, and a question that was refused is not asked again by itself. Given to
 * each question by hand: a provider would bring the library to pages that ask nothing by it, such as a case.
 */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 5_000, throwOnError: false } },
});
queries.mount();
