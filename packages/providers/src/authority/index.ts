export { withCircuit } from './circuit.ts';
export { createTencentAuthority } from './tencent.ts';
