/** A photo of a case, which was opened in memory and stands in no file. */
export const Evidence = (props: { of: ImageBitmap; label: string }) => (
  <canvas
    role="img"
    aria-label={props.label}
    class="evidence"
    ref={(canvas) => {
      // A size that is set later would clear what was drawn.
      canvas.width = props.of.width;
      canvas.height = props.of.height;
      canvas.getContext('2d')?.drawImage(props.of, 0, 0);
    }}
  />
);
