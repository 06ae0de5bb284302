import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { Icon } from "@/components/Icon";
import { Command } from "@/components/Panel";
import { SystemDocument } from "@/graphql/__generated__";
import { t } from "@/i18n";
import { readStored, writeStored } from "@/lib/theme";
import type { Row } from "./items";

/** A longer remedy is read on the page of what is missing. */
const longest = 48;
const stored = "assay.speech-banner";

/**
 * Says why some calls have no words and how that is mended; a reader who knows can put it away.
 * It stands below the list, so that rows do not jump when it comes.
 */
export function SpeechBanner({ rows }: { readonly rows: readonly Row[] }) {
  const [hidden, setHidden] = useState(readStored(stored) === "hidden");
  const wordless = rows.some((row) => row.withoutWords);
  const [{ data }] = useQuery({ query: SystemDocument, pause: hidden || !wordless });
  const asr = data?.system.components.find((component) => component.kind === "asr");
  if (hidden || !wordless || !asr || asr.available) return null;
  const hide = () => {
    setHidden(true);
    writeStored(stored, "hidden");
  };
  return (
    <aside
      aria-label={t("Speech recognition")}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-canvas py-1 pr-1 pl-4 text-ink-2 md:px-5"
    >
      <Icon name="info" className="text-ink-3" />
      <p className="min-w-0 flex-1">
        {t("No speech model is installed, so calls that arrive without a transcript are analysed without words.")}{" "}
        <Link to="/about" className="font-medium text-ink underline underline-offset-2">
          {t("What is missing")}
        </Link>
      </p>
      {asr.remedy && asr.remedy.length <= longest && (
        <span className="hidden xl:block">
          <Command text={asr.remedy} />
        </span>
      )}
      <button
        type="button"
        aria-label={t("Put this note away")}
        onClick={hide}
        className="flex size-8 items-center justify-center rounded-field hover:bg-sunken hover:text-ink touch:size-11"
      >
        <Icon name="close" size={13} />
      </button>
    </aside>
  );
}
