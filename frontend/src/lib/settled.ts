import { useEffect, useRef, useState } from "react";

const settleMs = 350;

/** The text as typed, passed on once it has settled; an address changed by other hands (Back, Clear) wins. */
export function useSettled(value: string, onChange: (text: string) => void) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange(sent.current);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return [text, setText] as const;
}
