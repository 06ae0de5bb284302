import { type ReactNode, useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { Segmented } from "@/components/Segmented";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { languageName } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import { useConversation } from "../../conversation";
import type { TurnRow } from "../../model/rows";
import type { DetailSearch } from "../../search";
import type { English } from "../english";
import { InteractionTranslationDocument } from "./__generated__";
import { EnglishLine } from "./EnglishLine";

type Read = DetailSearch["read"];
type BarProps = { readonly read: Read; readonly onRead: (read: Read | "") => void; readonly onEnglish: (english: English | null) => void };

const order = ["original", "english", "both"] as const;
type View = (typeof order)[number];

/** In which language the transcript is read, and who translated it. The words themselves are fetched when they are asked for. */
export function TranslationBar({ read, onRead, onEnglish }: BarProps) {
  const { interaction } = useConversation();
  const translation = interaction.transcript?.translation;
  const [{ data, error }] = useQuery({ query: InteractionTranslationDocument, variables: { id: interaction.id }, pause: !read });
  const texts = data?.interaction?.transcript?.translation?.texts;
  const english = useMemo(() => (read && texts ? toEnglish(texts, read === "both") : null), [read, texts]);
  useEffect(() => onEnglish(english), [english, onEnglish]);
  useEffect(() => () => onEnglish(null), [onEnglish]);
  const choose = (view: View) => onRead(view === "original" ? "" : view);
  const view: View = read ?? "original";
  useShortcuts([
    {
      keys: ["t"],
      label: t("Original, English or both"),
      run: () => choose(order[(order.indexOf(view) + 1) % order.length] ?? "original"),
    },
  ]);
  if (!translation) return null;
  const original = languageName(translation.language);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the arrows of the choice from the player
    <div
      onKeyDown={(event) => event.key.startsWith("Arrow") && event.stopPropagation()}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 md:px-5"
    >
      <Segmented
        label={t("Language of the transcript")}
        value={view}
        onChange={choose}
        options={[
          { value: "original", label: original },
          { value: "english", label: t("English") },
          { value: "both", label: t("Both") },
        ]}
      />
      <p className="min-w-0 flex-1 basis-48 text-meta text-ink-2 wrap-anywhere" title={translation.engine}>
        {error ? (
          <span role="alert" className="text-critical-ink">
            {errorMessage(error)}
          </span>
        ) : (
          t("Translated by {engine}. Search looks in the original.", { engine: shortEngine(translation.engine) })
        )}
      </p>
    </div>
  );
}

/** `opus-mt-mul-en 3f2a… (transformers 5.24.0)` → `opus-mt-mul-en 3f2a…`: the rest is in its title. */
function shortEngine(engine: string): string {
  return engine.replace(/ \(.*\)$/, "");
}

function toEnglish(texts: ReadonlyArray<string | null>, both: boolean): English {
  const line = (row: TurnRow): ReactNode =>
    row.segments.some((segment) => texts[segment]) ? <EnglishLine row={row} texts={texts} below={both} /> : null;
  return { both, line };
}
