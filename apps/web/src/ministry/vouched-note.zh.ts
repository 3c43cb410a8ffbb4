export const zh = { note: '已填好教育部账号提供的信息，请核对，可以修改。' };
