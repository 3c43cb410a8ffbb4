import type { Region } from '@shiming/domain';
import type { Translated } from '../copy/define-copy.ts';
import { CardSide, Line, Place, Portrait } from '../identity/card-sketch.tsx';
import type { zh } from './permit.zh.ts';

/** The seed's numbers for the two places, which the hints of the fields name. */
const marks: Record<Region, { permit: string; local: string }> = {
  hong_kong: { permit: '①', local: '②' },
  macao: { permit: '①', local: '②' },
  taiwan: { permit: '③', local: '④' },
};

/** Which number stands where on a travel permit (T-PRO-02): drawn, not photographed. */
export function PermitPicture(props: { region: Region; copy: Translated<typeof zh> }) {
  const mark = () => marks[props.region];
  return (
    <div class="cards" role="img" aria-label={props.copy.picture}>
      <div aria-hidden="true">
        <p class="hint">{props.copy.permitNames[props.region]}</p>
        <div class="row">
          <CardSide label={props.copy.front}>
            <Line x={34} y={11} width={92} />
            <Portrait x={12} y={30} />
            <Line x={60} y={25} width={44} />
            <Line x={60} y={37} width={58} />
            <Line x={60} y={49} width={50} />
            <Line x={60} y={61} width={72} />
            <Place mark={mark().permit} x={58} y={76} width={66} />
            <Line x={130} y={82} width={14} />
          </CardSide>
          <CardSide label={props.copy.back}>
            <Line x={14} y={17} width={46} />
            <Place mark={mark().local} x={12} y={30} width={80} />
            <Line x={14} y={66} width={132} />
            <Line x={14} y={76} width={132} />
            <Line x={14} y={86} width={132} />
          </CardSide>
        </div>
        <p class="hint">{props.copy.legend(mark().permit, mark().local)}</p>
      </div>
    </div>
  );
}
