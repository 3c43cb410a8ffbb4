import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { downloadCsv } from '../download.ts';
import { Reveal } from '../../ui/blocks.tsx';
import { statisticsCopy as copy } from './statistics-copy.ts';

type Cell = string | number | null;
type Row = readonly [name: string, ...cells: Cell[]];

/** What a chart and its table are drawn from; the file has the same. */
export type Figures = {
  title: string;
  /** Names the file. */
  file: string;
  note?: string;
  columns: readonly string[];
  rows: readonly Row[];
};

const numberIn = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : 0);
const highest = (rows: readonly Row[], columns: readonly number[]): number =>
  Math.max(1, ...rows.flatMap((row) => columns.map((column) => numberIn(row[column]))));

/** The frame of figures: heading, the file, and what is drawn. */
function Part(props: { figures: Figures; children: JSX.Element }) {
  return (
    <section class="tight chart">
      <div class="row between">
        <h2>{props.figures.title}</h2>
        <Show when={props.figures.rows.length > 0}>
          <button
            type="button"
            class="link"
            aria-label={copy().csvLabel(props.figures.title)}
            onClick={() => {
              const { file, columns, rows } = props.figures;
              downloadCsv(file, [columns, ...rows]);
            }}
          >
            {copy().csv}
          </button>
        </Show>
      </div>
      <Show when={props.figures.note}>
        <p class="soft small">{props.figures.note}</p>
      </Show>
      <Show when={props.figures.rows.length > 0} fallback={<p>{copy().nothing}</p>}>
        {props.children}
      </Show>
    </section>
  );
}

/** The figures as a table; `drawn`: the column that a bar beside it shows. */
function Table(props: { figures: Figures; drawn?: number }) {
  const most = () => (props.drawn === undefined ? 1 : highest(props.figures.rows, [props.drawn]));
  return (
    // Wide on a phone: it scrolls, and so takes the focus.
    <div class="scroll-x" role="region" aria-label={props.figures.title} tabindex="0">
      <table class="figures">
        <caption class="seen-by-readers">{props.figures.title}</caption>
        <thead>
          <tr>
            <For each={props.figures.columns}>{(name) => <th scope="col">{name}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.figures.rows}>
            {([name, ...cells]) => (
              <tr>
                <th scope="row">{name}</th>
                <For each={cells}>
                  {(cell, index) => (
                    <td>
                      <Show when={index() + 1 === props.drawn}>
                        <svg
                          class="meter"
                          viewBox="0 0 100 1"
                          preserveAspectRatio="none"
                          aria-hidden="true"
                        >
                          <rect width={(numberIn(cell) / most()) * 100} height="1" />
                        </svg>
                      </Show>
                      <span>{cell ?? copy().none}</span>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

/** Figures of which each row is a bar: the chart is the table. */
export function Bars(props: { figures: Figures; drawn: number }) {
  return (
    <Part figures={props.figures}>
      <Table figures={props.figures} drawn={props.drawn} />
    </Part>
  );
}

const height = 160;
const rowWidth = 30;

/** Figures by day: columns side by side, and the table beneath. `drawn`: which columns. */
export function Columns(props: { figures: Figures; drawn: readonly number[] }) {
  const id = createUniqueId();
  const most = () => highest(props.figures.rows, props.drawn);
  const width = () => rowWidth / (props.drawn.length + 1);
  return (
    <Part figures={props.figures}>
      <figure>
        <ul class="legend" id={id}>
          <For each={props.drawn}>
            {(column, series) => (
              <li>
                <svg viewBox="0 0 1 1" aria-hidden="true">
                  <rect class={`series-${series()}`} width="1" height="1" />
                </svg>
                {props.figures.columns[column]}
              </li>
            )}
          </For>
          <li class="soft">{copy().most(most())}</li>
        </ul>
        <svg
          class="columns"
          viewBox={`0 0 ${props.figures.rows.length * rowWidth} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={props.figures.title}
          aria-describedby={id}
        >
          <For each={[0, 0.5]}>
            {(share) => (
              <line
                x1="0"
                x2={props.figures.rows.length * rowWidth}
                y1={height * share}
                y2={height * share}
              />
            )}
          </For>
          <For each={props.figures.rows}>
            {(row, at) => (
              <For each={props.drawn}>
                {(column, series) => {
                  const tall = () => (numberIn(row[column]) / most()) * height;
                  return (
                    <rect
                      class={`series-${series()}`}
                      x={at() * rowWidth + width() * (series() + 0.5)}
                      y={height - tall()}
                      width={width()}
                      height={tall()}
                    >
                      <title>{`${row[0]} ${props.figures.columns[column]} ${numberIn(row[column])}`}</title>
                    </rect>
                  );
                }}
              </For>
            )}
          </For>
        </svg>
        <figcaption class="row between soft small">
          <span>{props.figures.rows[0]?.[0]}</span>
          <span>{props.figures.rows.at(-1)?.[0]}</span>
        </figcaption>
      </figure>
      <Reveal title={copy().table}>
        <Table figures={props.figures} />
      </Reveal>
    </Part>
  );
}
