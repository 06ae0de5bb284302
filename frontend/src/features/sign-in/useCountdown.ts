import { useEffect, useState } from "react";

/** Whole seconds that are left, counting down once a second; calls back at the end. */
export function useCountdown(onEnd: () => void): readonly [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => {
      setLeft(left - 1);
      if (left === 1) onEnd();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left, onEnd]);
  return [left, setLeft];
}
