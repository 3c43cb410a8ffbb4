import type { Document } from '@shiming/domain';
import { Show } from 'solid-js';
import type { Translated } from '../copy/define-copy.ts';
import { CardSide, Line, Place, Portrait } from '../identity/card-sketch.tsx';
import type { zh } from './document.zh.ts';
import { Foreign } from '../ui/foreign.tsx';

/** Where the number and the dates stand on the chosen document: drawn, not photographed. */
export function CardPicture(props: {
  sketch: NonNullable<Document['sketch']>;
  copy: Translated<typeof zh>;
}) {
  const hasBack = () => props.sketch !== 'permit';
  const where = () =>
    props.copy.picture(
      props.copy.where.numberBelow,
      hasBack() ? props.copy.where.datesBack : props.copy.where.datesFront,
    );
  return (
    <div class="cards" role="img" aria-label={where()}>
      <div class="row" aria-hidden="true">
        <CardSide label={props.copy.front}>
          <Show when={hasBack()} fallback={<PermitFront />}>
            <CitizenFront />
          </Show>
        </CardSide>
        <Show when={hasBack()}>
          <CardSide label={props.copy.back}>
            <CitizenBack isResidencePermit={props.sketch === 'residence'} />
          </CardSide>
        </Show>
      </div>
      <p class="hint" aria-hidden="true">
        <Foreign>{props.copy.pictureLegend}</Foreign>
      </p>
    </div>
  );
}

function CitizenFront() {
  return (
    <>
      <Line x={12} y={15} width={46} />
      <Line x={12} y={27} width={34} />
      <Line x={12} y={39} width={58} />
      <Line x={12} y={51} width={76} />
      <Line x={12} y={60} width={62} />
      <Portrait x={110} y={18} />
      <Place mark="①" x={46} y={78} width={102} />
    </>
  );
}

function CitizenBack(props: { isResidencePermit: boolean }) {
  return (
    <>
      <Show
        when={props.isResidencePermit}
        fallback={<circle class="line" cx="24" cy="24" r="12" />}
      >
        <path class="line" d="M10 34l12-12 8 6 10-10 12 8 10-8v16z" />
      </Show>
      <Line x={72} y={17} width={62} />
      <Line x={64} y={29} width={78} />
      <Line x={46} y={props.isResidencePermit ? 48 : 62} width={70} />
      <Place mark="②" x={46} y={props.isResidencePermit ? 58 : 74} width={102} />
      <Show when={props.isResidencePermit}>
        <Line x={46} y={82} width={64} />
      </Show>
    </>
  );
}

function PermitFront() {
  return (
    <>
      <Line x={34} y={11} width={92} />
      <Portrait x={12} y={30} />
      <Line x={60} y={25} width={44} />
      <Line x={60} y={35} width={58} />
      <Place mark="②" x={58} y={46} width={90} />
      <Line x={60} y={67} width={50} />
      <Place mark="①" x={58} y={78} width={66} />
      <Line x={130} y={84} width={14} />
    </>
  );
}
