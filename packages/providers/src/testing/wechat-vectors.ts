/** Published with the vendor's sample code for message encryption, made-up accounts. */
const published = {
  token: 'QDG6eK',
  key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  accountId: 'wx5823bf96d3bd56c7',
};

export const PUBLISHED = {
  echo: {
    ...published,
    timestamp: '1409659589',
    nonce: '263014780',
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    encrypted:
      'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  },
  message: {
    ...published,
    timestamp: '1409659813',
    nonce: '1372623149',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    encrypted:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
  },
};

/** Ours: a press of a menu button of a service account. */
export const OWN = {
  token: 'pamtest',
  key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  accountId: 'wxb11529c136998cb6',
  timestamp: '1409304348',
  nonce: 'xxxxxx',
  random: 'aaaabbbbccccdddd',
  xml: '<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[oABC]]></FromUserName><CreateTime>1409304348</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[GET_CODE]]></EventKey></xml>',
  signature: '76100351570263c1f811156a7062958902869f15',
  encrypted:
    'jn1L23DB+6ELqJ+6bruv24G7tPgDS9n1QPekKilcpeUt4wdevQgYQX4yoA9MHD+haPUgmWIbQIjYa5u+YSFpmWkeqcGUsF0IK6K4RkSn1TIyHIaI3yLi+t11Wpmj82tv2cYyx3j6/tMDi6mJ8QXw6abvqyawNFMIEZrNImib3IN6UHHbvq9kilFBSKbuzSlOaiEOpz7OM5AMEjW+gOX+9D2wRZpMXfTFH8GRka+43ETFOUUYoiVwJ8dnVxmZYGb/RxsuHfb6aI2nedqfayGu2ZihMGtjQCn3+o7C2RaYcmzxk3RmSF6ZYNyWgg9/sUeb3CcxsN+/M0jESLKfs/ixL9r67rbFPOjUTKa2xhl7cElXDNs4V1a3wBDkO5i1Ee2GAfz9zIemSRiXvQpK1CdVAcuqVljodn5aw5+udkniMYg=',
};
