import { useConversation } from "../../conversation";
import { kindName, looks } from "../../kinds";
import type { TurnRow } from "../../model/rows";

type LineProps = { readonly row: TurnRow; readonly texts: ReadonlyArray<string | null>; readonly below: boolean };

/** What a turn says in English. Topics were found in it, so their passages are marked here too; other highlights are the original's. */
export function EnglishLine({ row, texts, below }: LineProps) {
  return (
    <p
      lang="en"
      className={`col-start-2 text-turn text-pretty sm:col-start-3 ${below ? "mt-0.5 border-l-2 border-line-2 pl-2 text-ink-2" : ""}`}
    >
      {row.segments.map((segment) => (
        <Passage key={segment} segment={segment} text={texts[segment] ?? ""} />
      ))}
    </p>
  );
}

function Passage({ segment, text }: { readonly segment: number; readonly text: string }) {
  const { model, shown, activeId } = useConversation();
  const topics = model.highlights.filter((one) => one.kind === "topic" && one.segment === segment);
  const { glyph, ink, tint, line, ring } = looks.topic;
  if (topics.length === 0 || !shown.has("topic")) return `${text} `;
  const title = topics.map((one) => `${kindName("topic")} ${one.group}`).join(", ");
  const strong = topics.some((one) => one.id === activeId) ? `ring-2 ${ring}` : "";
  return (
    <>
      <mark title={title} className={`rounded-[3px] box-decoration-clone px-0.5 py-px text-ink ${tint} ${strong}`}>
        <span aria-hidden="true" className={`mr-1 text-[10px] font-semibold ${ink}`}>
          {glyph}
        </span>
        <span className="sr-only">{title}: </span>
        <span className={`box-decoration-clone ${line}`}>{text}</span>
      </mark>{" "}
    </>
  );
}
