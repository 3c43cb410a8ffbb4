export const zh = { read: '朗读', stop: '停止朗读' };
