export { withCircuit } from './circuit.ts';
export { withFaceCircuit } from './face.ts';
export { createTencentAuthority } from './tencent.ts';
export { createTencentFaces } from './tencent-face.ts';
