import type { FaceAction } from '@shiming/domain';
import type { CameraTrouble } from './camera.ts';
import type { Framing } from './framing.ts';

export const zh = {
  flow: '人脸核验',
  within: (span: string) => `请在 ${span}内拍完并提交。提示都在您的设备上算出来。`,
  picture: '摄像头画面',
  front: '正对镜头',
  frontText: '让面部在椭圆里，看着镜头，按“拍照”。',
  actions: {
    turn_left: '向左转头',
    turn_right: '向右转头',
    blink: '闭一下眼睛',
    come_closer: '靠近一点',
  } satisfies Record<FaceAction, string>,
  actionTexts: {
    turn_left: '慢慢把头转向您的左边，转好了自动拍；没有自动拍的，按“拍照”。',
    turn_right: '慢慢把头转向您的右边，转好了自动拍；没有自动拍的，按“拍照”。',
    blink: '看着镜头，闭一下眼睛再睁开，会自动拍；没有自动拍的，按“拍照”。',
    come_closer: '把脸慢慢靠近镜头，够近了自动拍；没有自动拍的，按“拍照”。',
  } satisfies Record<FaceAction, string>,
  atStep: (at: number, of: number, what: string) => `第 ${at} 张，共 ${of} 张：${what}`,
  hints: {
    no_face: '没有看到面部，请正对镜头',
    several_faces: '画面里有几个人，请只留您一个人',
    too_far: '离得太远，请靠近一点',
    too_close: '离得太近，请退后一点',
    off_centre: '请把面部移到椭圆中间',
    tilted: '头歪了，请把头摆正',
    turned: '请正对镜头，不要侧脸',
    dark: '太暗了，请到亮一点的地方',
    bright: '太亮了，请避开强光',
    good: '这样可以，请按“拍照”',
  } satisfies Record<Framing, string>,
  shoot: '拍照',
  starting: '正在打开摄像头，请在浏览器的提示里选“允许”',
  paused: '已经离开过这个页面，摄像头关了。',
  goOn: '重新打开摄像头',
  troubles: {
    refused:
      '没有允许使用摄像头。请在浏览器地址栏旁的网站设置里允许摄像头，再试；也可以用设备自带的相机拍。',
    absent: '没有找到摄像头。可以接上摄像头再试，或者换一台设备；也可以选用自带相机拍的照片。',
    busy: '摄像头打不开，多半是别的应用正在用它。请关掉那个应用再试；也可以用设备自带的相机拍。',
    unplugged: '摄像头断开了，或者被别的应用占用了。接好以后再试；也可以用设备自带的相机拍。',
    unsupported: '这个浏览器不让网页使用摄像头。请用设备自带的相机拍，拍好了选“使用照片”。',
  } satisfies Record<CameraTrouble, string>,
  inWeChat: '在微信里也可以：点右上角“…”，选“在浏览器打开”，再来一次。',
  again: '再试一次',
  byFile: '用自带相机拍',
  fileText: '请用前置摄像头现拍，不要选以前的照片。',
  unreadable: '这个文件不是能用的照片，请重新拍。',
  checkTitle: '看一看照片',
  checkText: '面部要清楚、完整，没有别人。下面就是要提交的样子，不像镜子那样左右相反。',
  photoOf: (what: string) => `照片：${what}`,
  submit: '提交核验',
  retake: '重新拍',
  stop: '不刷脸了，用别的办法',
};
