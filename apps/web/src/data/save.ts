/** Hands a text to the browser as a file. */
export function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // Browsers begin to read it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
