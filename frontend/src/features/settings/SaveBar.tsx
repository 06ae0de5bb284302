import { buttonClass } from "@/components/button-style";
import { Notice } from "@/components/Notice";
import { t } from "@/i18n";
import { faults, type Name, nameLabel } from "./model";
import type { Meanwhile, SettingsEditor } from "./useSettings";

const listed = (names: readonly Name[]) => names.map(nameLabel).join(", ");

/** At the foot of the page while something is unsaved: what, and the two ways on. */
export function SaveBar({ editor }: { readonly editor: SettingsEditor }) {
  const { draft, edited, busy, refusal, meanwhile, save, forget } = editor;
  if (!draft || edited.length === 0) return null;
  const wrong = faults(draft);
  return (
    <div className="flex shrink-0 flex-col gap-2 border-t border-line bg-nav px-4 py-2.5 md:px-5">
      {meanwhile ? (
        <ChangedMeanwhile by={editor.settings?.updatedBy?.name ?? null} meanwhile={meanwhile} />
      ) : (
        refusal && <Notice tone="critical">{refusal.message}</Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 text-ink-2">
          <span className="font-medium text-ink">{t("Not saved:")}</span> {listed(edited)}
        </p>
        <button type="button" onClick={forget} disabled={busy} className={buttonClass()}>
          {t("Discard")}
        </button>
        <button type="button" onClick={save} disabled={busy || wrong.length > 0} className={buttonClass("primary")}>
          {meanwhile ? t("Save mine") : t("Save")}
        </button>
      </div>
    </div>
  );
}

/** Somebody else was quicker: the page already shows theirs below what is unsaved here. */
function ChangedMeanwhile({ by, meanwhile }: { readonly by: string | null; readonly meanwhile: Meanwhile }) {
  const { names, collisions } = meanwhile;
  const values = { by: by ?? t("Somebody else"), names: listed(names), collisions: listed(collisions) };
  return (
    <Notice tone="attention">
      <p className="font-medium">{t("{by} has saved other settings meanwhile: {names}.", values)}</p>
      <p>
        {collisions.length > 0
          ? t("You have changed these too: {collisions}. Save mine replaces theirs there; Discard keeps theirs.", values)
          : t("Yours do not touch them. Save mine adds yours.")}
      </p>
    </Notice>
  );
}
