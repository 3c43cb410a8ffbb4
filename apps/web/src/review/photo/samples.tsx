import type { PhotoSide } from '@shiming/domain';
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { defineCopy } from '../../copy/define-copy.ts';
import { Line, Portrait } from '../../identity/card-sketch.tsx';
import { zh } from './samples.zh.ts';

const copy = defineCopy(zh, () => import('./samples.en.ts'));

type Fault = 'blurred' | 'glare' | 'cropped' | 'turned' | 'mirrored' | 'covered' | 'far';

const faultsOf: Record<PhotoSide, readonly Fault[]> = {
  a: ['blurred', 'glare', 'cropped', 'turned', 'mirrored'],
  b: ['blurred', 'glare', 'cropped', 'turned', 'mirrored'],
  holding: ['covered', 'far', 'blurred', 'mirrored'],
};

/** T-REV-02: how a photo should look and how it should not, drawn by us: nobody's document is shown. */
export function Samples(props: { side: PhotoSide }) {
  return (
    <section class="stack samples">
      <h2>{copy().title}</h2>
      <div class="row">
        <Sample isGood label={copy().goods[props.side]}>
          <Scene side={props.side} />
        </Sample>
        <ul>
          <For each={copy().tips[props.side]}>{(tip) => <li>{tip}</li>}</For>
        </ul>
      </div>
      <h3>{copy().badTitle}</h3>
      <div class="row">
        <For each={faultsOf[props.side]}>
          {(fault) => (
            <Sample label={copy().faults[fault]}>
              <Scene side={props.side} fault={fault} />
            </Sample>
          )}
        </For>
      </div>
    </section>
  );
}

/** The figure is for the eye; what it says stands beneath it. */
function Sample(props: { isGood?: boolean; label: string; children: JSX.Element }) {
  return (
    <figure classList={{ good: props.isGood === true }}>
      <svg viewBox="0 0 160 120" lang="zh-CN" aria-hidden="true">
        {props.children}
        <g class="sign" transform="translate(146 14)">
          <circle r="10" />
          <path d={props.isGood === true ? 'M-4 0l3 4 6-8' : 'M-4-4l8 8M4-4l-8 8'} />
        </g>
      </svg>
      <figcaption>{props.label}</figcaption>
    </figure>
  );
}

/** Where the picture lies in its frame, for the faults that are about that. */
const placements: Partial<Record<Fault, string>> = {
  cropped: 'translate(-34 26) scale(1.15)',
  turned: 'rotate(90 80 60) translate(12 10) scale(.85)',
  mirrored: 'translate(160 0) scale(-1 1)',
  far: 'translate(48 44) scale(.4)',
};

function Scene(props: { side: PhotoSide; fault?: Fault }) {
  const blur = createUniqueId();
  const placed = () => (props.fault === undefined ? undefined : placements[props.fault]);
  return (
    <>
      <filter id={blur}>
        <feGaussianBlur stdDeviation="3" />
      </filter>
      <rect class="table" width="160" height="120" />
      <g transform={placed()} filter={props.fault === 'blurred' ? `url(#${blur})` : undefined}>
        <Show
          when={props.side === 'holding'}
          fallback={
            <g transform="translate(17 20) scale(.79)">
              <Card isPortrait={props.side === 'a'} />
            </g>
          }
        >
          <g class="person">
            <circle cx="72" cy="36" r="20" />
            <path d="M24 122c0-42 18-60 48-60s48 18 48 60z" />
          </g>
          <g transform="translate(84 64) scale(.4)">
            <Card isPortrait />
          </g>
          <Show when={props.fault === 'covered'}>
            <path class="cover" d="M52 36h40v14q-20 12-40 0z" />
          </Show>
        </Show>
      </g>
      <Show when={props.fault === 'glare'}>
        <ellipse class="glare" cx="96" cy="52" rx="42" ry="22" transform="rotate(-20 96 52)" />
      </Show>
    </>
  );
}

/** 160 by 101. The word shows which way round it is. */
function Card(props: { isPortrait: boolean }) {
  return (
    <>
      <rect class="sheet" x="1" y="1" width="158" height="99" rx="7" />
      <text x="14" y="26">
        {props.isPortrait ? '姓名' : '有效期限'}
      </text>
      <Show
        when={props.isPortrait}
        fallback={
          <>
            <circle class="line" cx="128" cy="30" r="16" />
            <Line x={14} y={44} width={70} />
          </>
        }
      >
        <Portrait x={112} y={22} />
        <Line x={50} y={19} width={40} />
        <Line x={14} y={44} width={76} />
      </Show>
      <Line x={14} y={60} width={62} />
      <Line x={14} y={80} width={130} />
    </>
  );
}
