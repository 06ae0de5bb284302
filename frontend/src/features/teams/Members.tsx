import { useState } from "react";
import { useQuery } from "urql";
import { Avatar } from "@/components/Avatar";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { SearchPicker } from "@/components/SearchPicker";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { FindMembersDocument, SetTeamMembersDocument, type TeamDetailFragment } from "./__generated__";

type Props = { readonly team: TeamDetailFragment; readonly onChanged: () => void };

/** The agents of the team. One who is added leaves the team that they were in. */
export function Members({ team, onChanged }: Props) {
  const set = useAction(SetTeamMembersDocument);
  const add = async (id: string) => {
    if (await set.run({ input: { teamId: team.id, add: [id] } })) onChanged();
  };
  const remove = async (id: string, name: string) => {
    if (!(await set.run({ input: { teamId: team.id, remove: [id] } }))) return;
    onChanged();
    toast(t("{name} left {team}", { name, team: team.name }), () => void add(id));
  };
  return (
    <section aria-label={t("Agents")} className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {t("Agents")} <span className="figures font-normal text-ink-2">{team.memberCount}</span>
      </h3>
      <Picker known={team.members.map((one) => one.id)} busy={set.busy} onPick={add} />
      {set.refusal && <Notice tone="critical">{set.refusal.message}</Notice>}
      {team.members.length > 0 ? (
        <ul className="rounded-card border border-line">
          {team.members.map((one) => (
            <li key={one.id} className="flex items-center gap-2.5 border-b border-line px-3 py-1.5 last:border-0">
              <Avatar name={one.name} />
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              {one.externalId && <span className="figures text-meta text-ink-3">{one.externalId}</span>}
              <IconButton
                small
                label={t("Take {name} out of {team}", { name: one.name, team: team.name })}
                isDisabled={set.busy}
                onPress={() => remove(one.id, one.name)}
              >
                <Icon name="close" size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-2">{t("No agent is in this team. Agents appear with their first call, or are added by the directory.")}</p>
      )}
    </section>
  );
}

type PickerProps = { readonly known: readonly string[]; readonly busy: boolean; readonly onPick: (id: string) => void };

function Picker({ known, busy, onPick }: PickerProps) {
  const [text, setText] = useState("");
  const [{ data, fetching }] = useQuery({ query: FindMembersDocument, variables: { text } });
  const options = (data?.agents.edges ?? [])
    .filter(({ node }) => !known.includes(node.id))
    .map(({ node }) => ({ id: node.id, label: node.name, note: node.team?.name ?? t("in no team") }));
  return (
    <SearchPicker
      label={t("Add an agent")}
      placeholder={t("Find an agent by name")}
      options={options}
      busy={busy || fetching}
      onSearch={setText}
      onPick={onPick}
    />
  );
}
