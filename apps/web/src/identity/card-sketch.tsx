import type { JSX } from 'solid-js';

/** One side of a card of ISO/IEC 7810 ID-1 (85.6 by 54 mm), sketched on 160 by 101. For the eye only. */
export function CardSide(props: { label: string; children: JSX.Element }) {
  return (
    <div class="side">
      <svg viewBox="0 0 160 101">
        <rect class="sheet" x="1" y="1" width="158" height="99" rx="7" />
        {props.children}
      </svg>
      <span class="hint">{props.label}</span>
    </div>
  );
}

/** Text that does not matter. */
export function Line(props: { x: number; y: number; width: number }) {
  return <rect class="line" x={props.x} y={props.y} width={props.width} height="4" rx="2" />;
}

/** The holder's photo. */
export function Portrait(props: { x: number; y: number }) {
  return (
    <g class="line" transform={`translate(${props.x} ${props.y})`}>
      <circle cx="17" cy="14" r="9" />
      <path d="M0 44c0-12 7-18 17-18s17 6 17 18z" />
    </g>
  );
}

/** The place to look at, with its mark from the legend. */
export function Place(props: { mark: string; x: number; y: number; width: number }) {
  return (
    <g>
      <rect class="place" x={props.x} y={props.y} width={props.width} height="15" rx="3" />
      <text x={props.x + props.width / 2} y={props.y + 11.5}>
        {props.mark}
      </text>
    </g>
  );
}
