/** The id of the input that a summary link leads to. */
export const fieldId = (name: string): string => `field-${name}`;
