import { Buffer } from 'node:buffer';
import type { PhotoSide } from '@shiming/domain';
import type { Page } from 'playwright-core';

/** What stands on a made-up card. */
export type Card = {
  name: string;
  number: string;
  sex: string;
  birth: string;
  validity: string;
  /** Whether light falls on it so that part of it cannot be read. */
  hasGlare?: boolean;
};

/** A JPEG that looks like the photo of a side of a made-up identity card, or of somebody made up holding it. */
export async function photographCard(page: Page, card: Card, side: PhotoSide): Promise<Buffer> {
  const address = await page.evaluate(
    ({ of, what }) => {
      const [width, height] = what === 'holding' ? [900, 1200] : [1400, 1000];
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no canvas');
      const fade = (from: string, to: string, down = height) => {
        const gradient = pen.createLinearGradient(0, 0, width / 2, down);
        gradient.addColorStop(0, from);
        gradient.addColorStop(1, to);
        return gradient;
      };
      const box = (x: number, y: number, w: number, h: number, r: number) => {
        pen.beginPath();
        pen.moveTo(x + r, y);
        pen.arcTo(x + w, y, x + w, y + h, r);
        pen.arcTo(x + w, y + h, x, y + h, r);
        pen.arcTo(x, y + h, x, y, r);
        pen.arcTo(x, y, x + w, y, r);
        pen.closePath();
      };
      const person = (x: number, y: number, scale: number, shirt: string) => {
        pen.save();
        pen.translate(x, y);
        pen.scale(scale, scale);
        pen.fillStyle = shirt;
        pen.beginPath();
        pen.moveTo(-130, 260);
        pen.quadraticCurveTo(-120, 120, -40, 105);
        pen.lineTo(40, 105);
        pen.quadraticCurveTo(120, 120, 130, 260);
        pen.fill();
        pen.fillStyle = '#d9ae91';
        pen.fillRect(-24, 60, 48, 60);
        pen.beginPath();
        pen.ellipse(0, 10, 58, 76, 0, 0, 7);
        pen.fill();
        pen.fillStyle = '#2b2320';
        pen.beginPath();
        pen.ellipse(0, -34, 66, 52, 0, Math.PI, 0);
        pen.quadraticCurveTo(70, 20, 52, 14);
        pen.quadraticCurveTo(44, -26, 0, -30);
        pen.quadraticCurveTo(-44, -26, -52, 14);
        pen.quadraticCurveTo(-70, 20, -66, -34);
        pen.fill();
        pen.fillStyle = '#33261f';
        for (const eye of [-22, 22]) {
          pen.beginPath();
          pen.ellipse(eye, 10, 7, 4, 0, 0, 7);
          pen.fill();
        }
        pen.strokeStyle = '#a4604f';
        pen.lineWidth = 4;
        pen.beginPath();
        pen.arc(0, 34, 18, 0.35, Math.PI - 0.35);
        pen.stroke();
        pen.restore();
      };
      const drawCard = (x: number, y: number, w: number, tilt: number, isBack: boolean) => {
        pen.save();
        pen.translate(x, y);
        pen.rotate(tilt);
        const unit = w / 856;
        pen.scale(unit, unit);
        pen.shadowColor = 'rgba(0,0,0,.45)';
        pen.shadowBlur = 24;
        pen.shadowOffsetY = 8;
        pen.fillStyle = '#e6edf1';
        box(0, 0, 856, 540, 32);
        pen.fill();
        pen.shadowColor = 'transparent';
        pen.save();
        pen.clip();
        pen.strokeStyle = 'rgba(90,140,160,.16)';
        for (let line = 0; line < 46; line += 1) {
          pen.beginPath();
          for (let at = 0; at <= 856; at += 16) {
            pen.lineTo(at, line * 13 + Math.sin(at / 60 + line / 3) * 12);
          }
          pen.stroke();
        }
        pen.restore();
        const text = (words: string, at: number, down: number, size = 30, ink = '#1d2733') => {
          pen.fillStyle = ink;
          pen.font = `${size}px sans-serif`;
          pen.fillText(words, at, down);
        };
        const label = '#4b7a95';
        if (isBack) {
          pen.fillStyle = '#b8392e';
          pen.beginPath();
          pen.arc(150, 140, 66, 0, 7);
          pen.fill();
          text('样　本', 330, 130, 46);
          text('居 民 身 份 证', 300, 210, 60);
          text('签发机关', 170, 400, 28, label);
          text('某市公安局（样本）', 320, 400);
          text('有效期限', 170, 462, 28, label);
          text(of.validity, 320, 462, 32);
        } else {
          text('姓名', 60, 90, 26, label);
          text(of.name, 150, 92, 38);
          text('性别', 60, 160, 26, label);
          text(of.sex, 150, 160);
          text('民族', 250, 160, 26, label);
          text('汉', 330, 160);
          text('出生', 60, 228, 26, label);
          text(of.birth, 150, 228);
          text('住址', 60, 296, 26, label);
          text('某市某区样本路 1 号', 150, 296);
          text('3 单元 502 室', 150, 340);
          text('公民身份号码', 60, 470, 26, label);
          text(of.number, 270, 472, 38);
          pen.save();
          box(600, 60, 210, 290, 10);
          pen.fillStyle = '#dfe6ea';
          pen.fill();
          pen.clip();
          person(705, 190, 0.86, '#39506a');
          pen.restore();
        }
        pen.restore();
      };
      if (what === 'holding') {
        pen.fillStyle = fade('#c9cfc8', '#a7b0ab');
        pen.fillRect(0, 0, width, height);
        person(430, 420, 2.5, '#506b56');
        drawCard(430, 830, 330, -0.08, false);
        pen.fillStyle = '#d2a486';
        for (const finger of [0, 1, 2]) {
          pen.beginPath();
          pen.ellipse(755 + finger * 6, 850 + finger * 52, 44, 24, -0.3, 0, 7);
          pen.fill();
        }
      } else {
        pen.fillStyle = fade('#8a6f55', '#6f573f');
        pen.fillRect(0, 0, width, height);
        pen.strokeStyle = 'rgba(60,40,20,.25)';
        for (let grain = 0; grain < 60; grain += 1) {
          pen.beginPath();
          pen.moveTo(0, grain * 19);
          pen.bezierCurveTo(400, grain * 19 + 30, 900, grain * 17 - 20, 1400, grain * 19 + 8);
          pen.stroke();
        }
        drawCard(190, 190, 1020, 0.02, what === 'b');
      }
      if (of.hasGlare === true) {
        const [x, y] = what === 'holding' ? [560, 930] : [520, 640];
        const glare = pen.createRadialGradient(x, y, 10, x, y, 220);
        glare.addColorStop(0, 'rgba(255,255,255,.98)');
        glare.addColorStop(0.5, 'rgba(255,255,255,.85)');
        glare.addColorStop(1, 'rgba(255,255,255,0)');
        pen.fillStyle = glare;
        pen.fillRect(0, 0, width, height);
      }
      const image = pen.getImageData(0, 0, width, height);
      // No two photographs are the same, not of the side without a name on it either.
      let seed = Number(of.number.replaceAll(/\D/g, '').slice(-9)) || 7;
      for (let at = 0; at < image.data.length; at += 4) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        const noise = (seed % 7) - 3;
        for (let channel = 0; channel < 3; channel += 1) {
          image.data[at + channel] = (image.data[at + channel] ?? 0) + noise;
        }
      }
      pen.putImageData(image, 0, 0);
      return canvas.toDataURL('image/jpeg', 0.62);
    },
    { of: card, what: side },
  );
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}
