import { initials } from "@/lib/format";

/** Initials of a person. Decorative: the name stands beside. */
export function Avatar({ name, accent = false }: { readonly name: string; readonly accent?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex size-6 shrink-0 items-center justify-center rounded-full text-[10px] font-semibold ${accent ? "bg-accent-soft text-accent-ink" : "bg-sunken text-ink-2"}`}
    >
      {initials(name)}
    </span>
  );
}
