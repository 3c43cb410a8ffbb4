export const zh = {
  province: (field: string) => `${field}：省、自治区、直辖市`,
  county: (field: string) => `${field}：区、县`,
  hint: '按户口本上现在的户籍选。证件号码前六位是首次编号的地方，可能不同。先选省。',
};
