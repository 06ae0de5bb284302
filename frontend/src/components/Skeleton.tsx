import { useEffect, useState } from "react";

/** A block where something will stand, in its final size. */
export function Skeleton({ className = "" }: { readonly className?: string }) {
  return <span aria-hidden="true" className={`animate-breathe block rounded-chip bg-sunken ${className}`} />;
}

/** True once `waiting` has lasted 150 ms: what is quicker than that needs no skeleton. */
export function useSlow(waiting: boolean, afterMs = 150): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), afterMs);
    return () => clearTimeout(timer);
  }, [waiting, afterMs]);
  return waiting && slow;
}
