import { useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Icon } from "@/components/Icon";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { DeleteTeamDocument, type TeamDetailFragment } from "./__generated__";
import { Members } from "./Members";
import { NameDialog } from "./NameDialog";
import { Supervisors } from "./Supervisors";
import type { TeamSearch } from "./search";

type Props = {
  readonly team: TeamDetailFragment;
  readonly search: TeamSearch;
  readonly onSearch: (search: TeamSearch, push?: boolean) => void;
  readonly onBack: (() => void) | null;
  readonly onDeleted: () => void;
  /** Members may have come from other teams: the list has to be asked for again. */
  readonly onChanged: () => void;
};

export function TeamPanel({ team, search, onSearch, onBack, onDeleted, onChanged }: Props) {
  const [renaming, setRenaming] = useState(false);
  return (
    <section aria-label={team.name} className="min-h-0 overflow-y-auto">
      <header className="flex min-h-14 flex-wrap items-center gap-2 px-4 pt-2 md:px-5">
        {onBack && (
          <Button variant="ghost" onPress={onBack} className="-ml-2">
            <Icon name="back" />
            {t("All teams")}
          </Button>
        )}
        <h2 className="min-w-0 truncate text-title font-semibold tracking-[-0.01em]">{team.name}</h2>
        <div className="ml-auto flex gap-2">
          <Button size="small" onPress={() => setRenaming(true)}>
            {t("Rename")}
          </Button>
          <Delete team={team} onDeleted={onDeleted} />
        </div>
      </header>
      <div className="flex max-w-3xl flex-col gap-7 px-4 pt-3 pb-8 md:px-5">
        <Supervisors team={team} />
        <Members team={team} search={search} onSearch={onSearch} onChanged={onChanged} />
      </div>
      {renaming && <NameDialog team={team} onClose={() => setRenaming(false)} onSaved={() => {}} />}
    </section>
  );
}

function Delete({ team, onDeleted }: Pick<Props, "team" | "onDeleted">) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(DeleteTeamDocument);
  const { name, memberCount } = team;
  const run = async () => {
    if (await remove.run({ id: team.id })) [toast(t("{name} deleted", { name })), onDeleted()];
  };
  return (
    <>
      <Button size="small" variant="danger" onPress={() => setAsked(true)}>
        {t("Delete")}
      </Button>
      <Confirm
        title={t("Delete {name}?", { name })}
        isOpen={asked}
        onClose={() => setAsked(false)}
        verb={t("Delete team")}
        refusal={remove.refusal?.message ?? null}
        onConfirm={run}
      >
        {t(
          "{memberCount, plural, =0 {It has no agents.} one {Its agent stays, without a team.} other {Its # agents stay, without a team.}} Whoever supervised it no longer sees their calls by that.",
          { memberCount },
        )}
      </Confirm>
    </>
  );
}
