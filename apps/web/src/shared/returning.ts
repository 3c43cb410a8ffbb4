/**
 * Hides a signed-in page when it is left, and loads it again when somebody returns to it: browsers keep whole pages in
 * memory, so on a shared computer "back" after signing out would show them. `isSignedIn` is asked when the page is left.
 */
export function hideWhenLeft(isSignedIn: () => boolean): void {
  addEventListener('pagehide', () => {
    if (isSignedIn()) document.documentElement.hidden = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && document.documentElement.hidden) location.reload();
  });
}
