/** Filled, unlike the line icons: the one sign that means sound. */
export function PlayGlyph({ size = 12, pause = false }: { readonly size?: number; readonly pause?: boolean }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="currentColor" className="shrink-0">
      {pause ? (
        <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" />
      ) : (
        <path d="M5 2.3v11.4c0 .4.4.6.7.4l8.3-5.7c.3-.2.3-.6 0-.8L5.7 1.9c-.3-.2-.7 0-.7.4z" />
      )}
    </svg>
  );
}
