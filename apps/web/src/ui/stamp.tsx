import { For } from 'solid-js';
import { ui } from '../copy/ui.ts';

/** The seal: only for a person who has been verified. */
export function Stamp() {
  return (
    <span class="stamp" role="img" aria-label={ui().sealLabel}>
      <span aria-hidden="true" lang="zh-CN">
        <For each={ui().seal}>
          {(line) => (
            <>
              {line}
              <br />
            </>
          )}
        </For>
      </span>
    </span>
  );
}
