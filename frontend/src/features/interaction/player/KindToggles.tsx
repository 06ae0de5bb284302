import { t } from "@/i18n";
import { useConversation } from "../conversation";
import { kindName, looks } from "../kinds";
import { kinds } from "../model/highlights";

/** Which kinds of highlight are shown, in the tracks and in the transcript alike. */
export function KindToggles({ look }: { readonly look: "legend" | "chips" }) {
  const { model, shown, toggleKind } = useConversation();
  const present = kinds.filter((kind) => model.counts[kind] > 0);
  const shape = look === "chips" ? "h-7 px-2 touch:h-11" : "h-6 px-1.5 touch:h-11 touch:min-w-11 touch:justify-center";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons
    <div role="group" aria-label={t("Highlights")} className="flex items-center gap-1">
      {present.map((kind) => {
        const on = shown.has(kind);
        const { glyph, ink, tint } = looks[kind];
        const tone = look === "chips" && on ? `${tint} ${ink}` : "text-ink-2 hover:bg-sunken";
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={on}
            title={kindName(kind, 2)}
            onClick={() => toggleKind(kind)}
            className={`figures flex items-center gap-1.5 rounded-chip text-meta font-medium whitespace-nowrap motion-fade ${shape} ${tone}`}
          >
            <span aria-hidden="true" className={on ? ink : "text-ink-3"}>
              {on ? glyph : "○"}
            </span>
            <span className={`${on ? "" : "text-ink-3 line-through"} ${look === "legend" ? "max-lg:sr-only" : ""}`}>
              {kindName(kind, look === "chips" ? 2 : 1)}
            </span>
            <span className={on ? "" : "text-ink-3"}>{model.counts[kind]}</span>
          </button>
        );
      })}
    </div>
  );
}
