import type { TextSection } from './text.tsx';

const sections: TextSection[] = [
  {
    id: 'reading',
    title: '看得清',
    paragraphs: [],
    list: [
      '页面上方的“大字版”（也叫长辈版、关怀版）放大文字和按钮，“再大些”放到最大。选择会记住。',
      '大字版里的“朗读”把页面读出来，用的是设备自带的声音。没有这个按钮时，设备没有这种声音。',
      '也可以用浏览器自己的缩放，页面不会左右滚动。',
      '页面下方可以选浅色或深色。颜色从不单独表示意思，旁边都有文字。',
    ],
  },
  {
    id: 'keyboard',
    title: '不用鼠标',
    paragraphs: [],
    list: [
      '所有操作都能用键盘完成。按 Tab 键移动，当前位置有明显的边框。',
      '每页第一个链接是“跳到主要内容”。',
      '拼图可以用方向键移动、回车键确认；不方便时可以“换一种验证”，不用看图，也不用拖动。',
    ],
  },
  {
    id: 'readers',
    title: '读屏软件',
    paragraphs: [
      '标题、表单和提示都有名称。提交后有要改的地方，会先读出来，再逐条带您过去。验证码可以从短信自动填入。',
    ],
  },
  {
    id: 'time',
    title: '时间',
    paragraphs: ['快要自动退出时会提前提醒，按一下就可以继续。填过的内容会留着。'],
  },
  {
    id: 'standard',
    title: '依据',
    paragraphs: [
      '按《Web 内容无障碍指南》（WCAG）2.2 的 AA 级和工业和信息化部的适老化通用设计规范制作。',
    ],
  },
];

export const zh = { title: '无障碍说明', lead: '让每个人都能自己办完。', sections };
