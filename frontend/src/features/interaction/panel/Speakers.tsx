import { useState } from "react";
import { useMutation } from "urql";
import { Select } from "@/components/Select";
import { toast } from "@/components/Toast";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { percent } from "@/lib/format";
import { useConversation } from "../conversation";
import { roleName, roleSourceName } from "../model/speakers";
import type { Role, Speaker } from "../model/types";
import { AssignSpeakerRoleDocument } from "./__generated__";
import { Card } from "./Card";

const roles: readonly Role[] = ["AGENT", "CONSUMER", "OTHER"];

/** Who is who, where that is known from, and the way to put it right. */
export function Speakers() {
  const { interaction, model } = useConversation();
  return (
    <Card title={t("Speakers")}>
      <ul>
        {interaction.speakers.map((speaker) => (
          <SpeakerRow key={speaker.id} speaker={speaker} name={model.names.get(speaker.id) ?? speaker.id} />
        ))}
      </ul>
    </Card>
  );
}

function SpeakerRow({ speaker, name }: { readonly speaker: Speaker; readonly name: string }) {
  const { interaction } = useConversation();
  const { assign, refusal } = useAssign(interaction.id, speaker.id);
  const sure = speaker.confidence === null ? null : t("{percent} sure", { percent: percent(speaker.confidence * 100) });
  const source = [roleSourceName(speaker.roleSource), sure].filter(Boolean).join(", ");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 first:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="figures text-meta text-ink-3">
          {speaker.id} · {source}
        </p>
      </div>
      {interaction.viewerCan.assignSpeakerRole ? (
        <Select
          label={t("Role of {name}", { name })}
          value={speaker.role}
          options={roles.map((role) => ({ value: role, label: roleName(role) }))}
          onChange={assign}
          className="w-36"
        />
      ) : (
        <p className="text-ink-2">{roleName(speaker.role)}</p>
      )}
      {refusal && (
        <p role="alert" className="w-full text-critical-ink">
          {refusal}
        </p>
      )}
    </li>
  );
}

function useAssign(interactionId: string, speaker: string) {
  const [, run] = useMutation(AssignSpeakerRoleDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const assign = async (role: Role) => {
    const { data, error } = await run({ input: { interactionId, speaker, role } });
    const result = data?.assignSpeakerRole;
    if (error) setRefusal(errorMessage(error));
    else if (result && result.__typename !== "AssignSpeakerRolePayload") setRefusal(result.message);
    else {
      setRefusal(null);
      toast(t("Role changed. What depends on it is computed again."));
    }
  };
  return { assign, refusal };
}
