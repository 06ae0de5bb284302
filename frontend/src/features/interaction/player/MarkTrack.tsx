import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { kindName, looks } from "../kinds";
import type { Highlight } from "../model/highlights";
import { type MarkGroup, markGroups } from "../model/marks";
import { reachClass, reachStyles } from "./reach";
import { useTimeline } from "./timeline";

/** Highlights above the waveform, over the playhead, so that it hides none. What would touch is one count, which opens by zooming in. */
export function MarkTrack({ small }: { readonly small: boolean }) {
  const { model, shown, focus } = useConversation();
  const { scale } = useTimeline();
  const list = model.highlights.filter((one) => shown.has(one.kind) && (!focus || one.kind !== focus.kind || one.group === focus.group));
  const groups = markGroups(list, scale, small ? 32 : 26);
  const at = groups.map(({ x }) => Math.min(Math.max(x, 12), Math.max(12, scale.width - 12)));
  const half = small ? 16 : 12;
  const reaches = reachStyles(at.map((x) => ({ left: x - half, right: x + half })));
  return (
    <ul aria-label={t("Marks")} className={`relative z-20 ${small ? "h-7" : "h-6"}`}>
      {groups.map((group, index) => (
        <li key={group.items[0]?.id} className="absolute top-0 -translate-x-1/2" style={{ ...reaches[index], left: at[index] }}>
          <MarkButton group={group} small={small} />
        </li>
      ))}
    </ul>
  );
}

function MarkButton({ group, small }: { readonly group: MarkGroup; readonly small: boolean }) {
  const { visit, activeId } = useConversation();
  const { showSpan } = useTimeline();
  const [first] = group.items;
  const last = group.items.at(-1);
  if (!first || !last) return null;
  const single = group.items.length === 1;
  const active = group.items.some((one) => one.id === activeId);
  const apart = last.startMs - first.startMs > 400;
  const press = () =>
    single || !apart ? visit(group.items.find((one) => one.id !== activeId) ?? first) : showSpan(first.startMs, last.endMs);
  return (
    <button
      type="button"
      title={titleOf(group.items)}
      aria-label={titleOf(group.items)}
      onClick={press}
      className={`group flex items-center justify-center ${reachClass} ${small ? "size-8 -my-0.5" : "size-6"}`}
    >
      <span
        className={`flex h-4 items-center justify-center rounded-chip font-semibold ring-surface group-hover:outline-1 group-hover:outline-line-3 ${active ? "outline-2! outline-accent!" : ""} ${single ? `w-4 text-[10px] ${looks[first.kind].tint} ${looks[first.kind].ink}` : "figures min-w-4 bg-sunken px-1 text-axis text-ink"}`}
      >
        {single ? looks[first.kind].glyph : group.items.length}
      </span>
    </button>
  );
}

function titleOf(items: readonly Highlight[]): string {
  const [first] = items;
  if (!first) return "";
  const at = clock(first.startMs);
  if (items.length > 1) return t("{count} marks from {at}", { count: items.length, at });
  const kind = kindName(first.kind);
  return first.kind === "indicator" || first.kind === "topic"
    ? t("{kind} {name} at {at}", { kind, name: first.group, at })
    : t("{kind} at {at}", { kind, at });
}
