import type { PhotoRefusal } from '@shiming/domain';
import type { Unreadable } from './fit-jpeg.ts';
import type { PhotoWarning } from './look.ts';

export const zh = {
  take: '拍照',
  album: '从相册选择',
  choose: '选择照片',
  byPhone: '用手机拍',
  byPhoneClose: '不用手机拍了',
  again: '重新拍',
  replace: '换一张',
  replaceByAlbum: '从相册换一张',
  turn: '转 90°',
  remove: '删除',
  retry: '再传一次',
  next: '继续',
  anySize: '多大的照片都可以，会自动转正、缩小后上传，不带拍摄地点。',
  preparing: '正在处理照片',
  sending: (percent: number) => `正在上传 ${percent}%`,
  done: '照片已保存。',
  checkText: '请放大看看：每个字都能读出来，方向是正的，文字没有左右颠倒。',
  mirrored:
    '用前置摄像头自拍的，文字可能左右颠倒。颠倒的照片审核不通过，请关闭“镜像自拍”或用后置摄像头重拍。',
  warningsTitle: '可能会影响审核，您看一下',
  warnings: {
    blurred: '照片有些模糊。拿稳手机，对准文字再拍一张会更稳妥。',
    glare: '有一片过亮，可能反光。关掉闪光灯、避开灯光再拍。',
    dark: '照片偏暗。到亮一些的地方再拍。',
    small: '照片太小，小字可能看不清。请拍照，不要用截图。',
  } satisfies Record<PhotoWarning, string>,
  failedTitle: '照片没有传上。',
  unreadable: {
    empty: '这个文件是空的，请换一张。',
    heic: '这是 HEIC 格式，这个浏览器打不开。请直接拍照，或在手机的设置里把相机格式改为“兼容性最佳”，再选一张。',
    unreadable: '这个文件打不开，可能不是照片或已经损坏。请选 JPG 或 PNG 照片。',
  } satisfies Record<Unreadable, string>,
  refusals: {
    empty: '这个文件是空的，请换一张。',
    too_large: '照片太大，没能缩小。请重新拍一张。',
    not_jpeg: '这个文件不是照片，请换一张。',
    broken: '照片不完整，请重新拍一张。',
    unsupported: '这种照片格式不能用，请重新拍一张。',
    too_small: '照片太小，至少要 480×300 像素。请拍照，不要用截图或缩略图。',
    too_many_pixels: '照片太大，没能缩小。请重新拍一张。',
    duplicate: '这张照片和另一项的一样。每一项要各拍一张。',
  } satisfies Record<PhotoRefusal, string>,
  stop: '。',
  notCounted: '不计次数。',
  seeSamples: '看合格的样子',
  wrongBefore: '上一张没有通过',
  fixed: '这张照片已经通过，不用改。',
  submitted: '申请已经提交，照片不能再改。',
};
