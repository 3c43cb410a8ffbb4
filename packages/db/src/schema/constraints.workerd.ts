/** Nothing: the Worker never reads what a table's constraints are. A call of an empty function is dropped with its arguments. */
export function constraints(_ofTable: unknown): undefined {}
