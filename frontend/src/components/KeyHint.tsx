/** A key shown on what it acts on. Hidden on touch devices, which have none. */
export function KeyHint({ keys, className = "" }: { readonly keys: string; readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex h-5 min-w-5 items-center justify-center rounded-chip border border-current/25 px-1 font-sans text-axis font-medium text-current/75 touch:hidden ${className}`}
    >
      {keys}
    </span>
  );
}
