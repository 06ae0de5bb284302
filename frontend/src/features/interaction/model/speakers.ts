/** How speakers are called. */
import { t } from "@/i18n";
import type { Interaction, Role, Speaker } from "./types";

export function roleName(role: Role): string {
  return role === "AGENT" ? t("Agent") : role === "CONSUMER" ? t("Consumer") : t("Other");
}

/** Full name: from the transcript, else from the interaction's facts, else the role. */
export function speakerName(speaker: Pick<Speaker, "name" | "role">, interaction: Pick<Interaction, "agent" | "consumer">): string {
  const known = speaker.role === "AGENT" ? interaction.agent?.name : speaker.role === "CONSUMER" ? interaction.consumer : null;
  return speaker.name ?? known ?? roleName(speaker.role);
}

/** For the narrow column of the transcript. */
export function shortName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

export function roleSourceName(source: string): string {
  const names: Record<string, string> = {
    channel: t("From the recording's channel"),
    delivered: t("Delivered with the transcript"),
    inferred: t("Inferred from what was said"),
    manual: t("Set by hand"),
  };
  return names[source] ?? source;
}
