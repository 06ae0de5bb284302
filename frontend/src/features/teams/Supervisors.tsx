import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { Avatar } from "@/components/Avatar";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { SearchPicker } from "@/components/SearchPicker";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { FindSupervisorsDocument, SetTeamSupervisorsDocument, type TeamDetailFragment } from "./__generated__";

/** Those whose “team” permissions reach the calls of this team. */
export function Supervisors({ team }: { readonly team: TeamDetailFragment }) {
  const set = useAction(SetTeamSupervisorsDocument);
  const ids = team.supervisors.map((one) => one.id);
  const change = (users: readonly string[]) => set.run({ input: { teamId: team.id, users } });
  return (
    <section aria-label={t("Supervisors")} className="flex flex-col gap-3">
      <div>
        <h3 className="font-semibold">{t("Supervisors")}</h3>
        <p className="text-ink-2">{t("Their permissions for “team” reach the calls of these agents.")}</p>
      </div>
      {team.supervisors.length > 0 && (
        <ul className="rounded-card border border-line">
          {team.supervisors.map((one) => (
            <li key={one.id} className="flex items-center gap-2.5 border-b border-line px-3 py-1.5 last:border-0">
              <Avatar name={one.name} />
              <Link
                to="/admin/users/$id"
                params={{ id: one.id }}
                className="min-w-0 flex-1 truncate rounded-chip font-medium hover:underline"
              >
                {one.name}
              </Link>
              <IconButton
                small
                label={t("{name} no longer supervises {team}", { name: one.name, team: team.name })}
                isDisabled={set.busy}
                onPress={() => change(ids.filter((id) => id !== one.id))}
              >
                <Icon name="close" size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {set.refusal && <Notice tone="critical">{set.refusal.message}</Notice>}
      <Picker known={ids} busy={set.busy} onPick={(id) => change([...ids, id])} />
    </section>
  );
}

type PickerProps = { readonly known: readonly string[]; readonly busy: boolean; readonly onPick: (id: string) => void };

function Picker({ known, busy, onPick }: PickerProps) {
  const [text, setText] = useState("");
  const [{ data, fetching }] = useQuery({ query: FindSupervisorsDocument, variables: { text } });
  const options = (data?.users.edges ?? [])
    .filter(({ node }) => !known.includes(node.id))
    .map(({ node }) => ({ id: node.id, label: node.name, note: node.email }));
  return (
    <SearchPicker
      label={t("Add a supervisor")}
      placeholder={t("Find a person by name or email")}
      options={options}
      busy={busy || fetching}
      onSearch={setText}
      onPick={onPick}
    />
  );
}
