/** Whom an entry is about. Pure. */
import { t } from "@/i18n";
import type { AuditRowFragment } from "./__generated__";

/** The person, or what acted where it was none. */
export function actorName(entry: Pick<AuditRowFragment, "actor" | "actorKind">): string {
  const kinds: Record<string, string> = {
    user: t("Somebody who is gone"),
    system: t("Assay itself"),
    scim: t("Provisioning"),
    nobody: t("Nobody signed in"),
  };
  return entry.actor?.name ?? kinds[entry.actorKind] ?? entry.actorKind;
}
