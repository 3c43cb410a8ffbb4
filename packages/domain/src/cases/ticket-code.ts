/** Letters and digits that are not taken for one another, for a code that people copy by hand. */
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code by which a ticket is followed: twelve characters of 30, 58 bits. */
export const ticketCodeOf = (random: Uint8Array): string =>
  Array.from(random.subarray(0, 12), (byte) => codeAlphabet[byte % codeAlphabet.length]).join('');

/** `7KQM-3XVT-9HBD` */
export const groupTicketCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** A code as typed: capitals, without what groups it. */
export const readTicketCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
