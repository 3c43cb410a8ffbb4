import type { IdentityAuthority } from '@shiming/providers';
import { citizens } from '@shiming/sandbox';

/** An authority that has a product for 通行证 too, as an operator may have by contract. It knows the sandbox's citizens. */
export const withPermits = (authority: IdentityAuthority): IdentityAuthority => ({
  products: { ...authority.products, travel_permit: ['hmt_residence_permit'] },
  checkIdentity: async (query) => {
    if (query.check !== 'travel_permit') return authority.checkIdentity(query);
    const found = citizens.find(({ travelPermitNumber }) => travelPermitNumber === query.number);
    const known = found?.name === query.name ? 'match' : 'mismatch';
    return {
      result: found === undefined ? 'no_record' : known,
      provider: 'permits',
      rawCode: known,
      requestId: null,
      isBilled: true,
    };
  },
});
