export { withCircuits } from './circuit.ts';
export { createRecordGateway } from './gateway.ts';
