export const zh = {
  name: '主办单位',
  email: '咨询邮箱',
  phone: '咨询电话',
  hours: '服务时间',
  address: '通信地址',
  complaints: '个人信息投诉',
};
