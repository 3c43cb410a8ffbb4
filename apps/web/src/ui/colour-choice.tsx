import { ui } from '../copy/ui.ts';
import { colours, setColours } from './display.ts';

/** Light, dark, or as the system has it. */
export function ColourChoice() {
  return (
    <label>
      {ui().colours}
      <select
        onChange={(event) => {
          const choice = event.currentTarget.value;
          setColours(choice === 'light' || choice === 'dark' ? choice : 'system');
        }}
      >
        <option value="system" selected={colours() === 'system'}>
          {ui().coloursSystem}
        </option>
        <option value="light" selected={colours() === 'light'}>
          {ui().coloursLight}
        </option>
        <option value="dark" selected={colours() === 'dark'}>
          {ui().coloursDark}
        </option>
      </select>
    </label>
  );
}
