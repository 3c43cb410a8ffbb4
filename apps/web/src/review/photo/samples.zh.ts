const ofCard = [
  '证件原件放在深色、平整的桌面上。',
  '四个角都在画面里，占满大半个画面。',
  '光线充足，不开闪光灯，对准文字再拍。',
];

export const zh = {
  title: '合格的样子',
  badTitle: '这些不合格',
  goods: { a: '清晰、完整、方向正', b: '清晰、完整、方向正', holding: '脸和证件上的字都清楚' },
  tips: {
    a: ofCard,
    b: ofCard,
    holding: [
      '上半身和拿证件的手臂都在画面里。',
      '不戴口罩、帽子、墨镜，正对镜头。',
      '证件拿在胸前，不要挡住脸和文字；请别人用后置摄像头拍。',
    ],
  },
  faults: {
    blurred: '模糊',
    glare: '反光',
    cropped: '没有拍全',
    turned: '方向不正',
    mirrored: '左右颠倒',
    covered: '脸被遮住',
    far: '太远，看不清字',
  },
};
