import { useState } from "react";
import { useQuery } from "urql";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { SettingsDocument, UpdateSettingsDocument } from "./__generated__";
import { type Draft, differences, draftOf, faults, inputOf, type Name, pending, without } from "./model";

/** What somebody else saved while this page was open. */
export type Meanwhile = { readonly names: readonly Name[]; readonly collisions: readonly Name[] };

export type SettingsEditor = ReturnType<typeof useSettings>;

/** The settings with this person's unsaved changes laid over them, so that what others save meanwhile shows through. */
export function useSettings() {
  const [{ data, error, fetching }, again] = useQuery({ query: SettingsDocument, requestPolicy: "cache-and-network" });
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const [seen, setSeen] = useState<Draft | null>(null);
  const { run, busy, refusal, clear } = useAction(UpdateSettingsDocument);
  const settings = data?.settings;
  const base = settings && draftOf(settings);
  const own = base ? pending(base, changes) : {};
  const draft = base && { ...base, ...own };
  const edited = Object.keys(own) as Name[];

  const edit = (part: Partial<Draft>) => [setChanges((now) => ({ ...now, ...part })), clear()];
  const forget = () => [setChanges({}), setSeen(null), clear()];
  const reload = () => again({ requestPolicy: "network-only" });
  const save = async () => {
    if (!settings || !base || !draft || faults(draft).length > 0) return;
    setSeen(base);
    if (await run({ input: inputOf(settings.version, own) })) {
      setSeen(null);
      // What was edited while the answer was on its way stays to be saved.
      setChanges((now) => without(now, own));
      toast(t("Settings saved."));
    }
    reload();
  };
  const stale = refusal?.code === "conflict" && base && seen ? differences(seen, base) : null;
  const meanwhile: Meanwhile | null = stale?.length ? { names: stale, collisions: stale.filter((name) => edited.includes(name)) } : null;
  return { settings, draft, edited, edit, forget, save, busy, refusal, meanwhile, error, fetching, reload } as const;
}
