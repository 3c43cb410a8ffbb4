import type { JSX } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { zh } from './proof.zh.ts';

/** The words of all ways to prove who one is. */
export const proofCopy = defineCopy(zh, () => import('./proof.en.ts'));

/** What the page of a way needs. */
export type WayProps = { backTo: string; others: JSX.Element; onProved(): Promise<void> };
