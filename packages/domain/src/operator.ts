/**
 * Who runs an installation, in the words that its pages show: settings, since no build knows them. Texts are Chinese.
 * PIPL 17 wants the name and contact of who handles personal data and a way to complain; the rules on filing
 * (非经营性互联网信息服务备案管理办法 13; 计算机信息网络国际联网安全保护管理办法 12) want both numbers on the home page.
 */
export type Operator = {
  /** 主办单位. */
  name: string;
  /** Where questions about an account go: telephone, mail address, post address, hours. */
  contact: { phone: string; email: string; address: string; hours: string };
  /** The office, with its telephone, that hears complaints about personal data. */
  complaints: string;
  /** ICP 备案号, such as 京ICP备00000000号-1, and 公网安备, such as 京公网安备 00000000000000号; `url` is the office's page. */
  filings: readonly { number: string; url: string }[];
  /** Pages of other systems (https); `null` where the operator names none. */
  links: {
    ownCertificate: string | null;
    anyCertificate: string | null;
    news: string | null;
    /** What the QR codes to follow the WeChat accounts hold. */
    weChatService: string | null;
    weChatSubscription: string | null;
    /** By id of the service: its manual. */
    manuals: Readonly<Record<string, string>>;
    /** By id of the entrance: the addresses below which people go back to the site that they came from. */
    returns: Readonly<Record<string, readonly string[]>>;
  };
};
