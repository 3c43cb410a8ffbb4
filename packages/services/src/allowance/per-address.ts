import type { Limit } from './allowance.ts';

const hour = 3_600_000;

/**
 * What one network address has in an hour, of whatever it does. A carrier puts hundreds of phones behind one IPv4
 * address and a university thousands of people: 2,000 is a campus of 20,000 of whom a tenth come in the same hour. So it
 * is no limit for people. A machine meets the price first, because everything that is sent or tried costs a ticket, and
 * tickets cost more the more of them an address has had (`puzzle`).
 */
export const perAddress: Limit = {
  limit: 2_000,
  window: { lastMs: hour },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * The network of an address: the /24 of an IPv4 address, the /48 of an IPv6 one, which are the least that is announced to
 * the internet. A household or a rented machine has 65,536 addresses (/64) of the one, and none of the other.
 */
export const networkOf = (address: string): string =>
  address.includes(':')
    ? address.split(':').slice(0, 3).join(':')
    : address.split('.').slice(0, 3).join('.');
