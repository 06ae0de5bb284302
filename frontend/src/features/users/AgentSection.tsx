import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/components/Button";
import { buttonClass } from "@/components/button-style";
import { Notice } from "@/components/Notice";
import { SearchPicker } from "@/components/SearchPicker";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { FindAgentsDocument, type PersonFragment, UpdateUserDocument } from "./__generated__";

/** The agent whose calls are the person's own, and the teams whose calls they see as a supervisor. */
export function AgentSection({ user }: { readonly user: PersonFragment }) {
  const update = useAction(UpdateUserDocument);
  const link = async (agentId: string | null) => {
    const payload = await update.run({ input: { id: user.id, agentId } });
    if (!payload) return;
    const { agent, name } = payload.user;
    toast(agent ? t("{name} is the agent {agent}", { name, agent: agent.name }) : t("{name} is no agent now", { name }));
  };
  return (
    <Section
      title={t("Calls")}
      hint={t("“Own” reaches the calls of the agent that the person is, “team” those of the teams that they supervise.")}
    >
      <div className="flex max-w-xl flex-col gap-1.5">
        <h3 className="font-medium">{t("Is the agent")}</h3>
        {user.agent ? (
          <div className="flex items-center justify-between gap-3 rounded-card border border-line p-3.5">
            <p className="min-w-0">
              <span className="font-medium">{user.agent.name}</span>
              <span className="text-ink-2"> · {user.agent.team?.name ?? t("in no team")}</span>
            </p>
            <Button isDisabled={update.busy} onPress={() => link(null)}>
              {t("Unlink")}
            </Button>
          </div>
        ) : (
          <AgentPicker busy={update.busy} onPick={link} />
        )}
        {update.refusal && <Notice tone="critical">{update.refusal.message}</Notice>}
      </div>
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium">{t("Supervises")}</h3>
        <ul className="flex flex-wrap gap-1.5">
          {user.supervises.map((team) => (
            <li key={team.id}>
              <Link to="/admin/teams" search={{ team: team.id }} className={buttonClass("default", "small")}>
                {team.name}
              </Link>
            </li>
          ))}
        </ul>
        {user.supervises.length === 0 && (
          <p className="text-ink-2">
            {t("No team.")}{" "}
            <Link to="/admin/teams" className="text-accent-ink underline underline-offset-2">
              {t("Supervisors are named on the team.")}
            </Link>
          </p>
        )}
      </div>
    </Section>
  );
}

function AgentPicker({ busy, onPick }: { readonly busy: boolean; readonly onPick: (id: string) => void }) {
  const [text, setText] = useState("");
  const [{ data, fetching }] = useQuery({ query: FindAgentsDocument, variables: { text } });
  const options = data?.agents.edges.map(({ node }) => ({ id: node.id, label: node.name, note: node.team?.name ?? "" })) ?? [];
  return (
    <SearchPicker
      label={t("Link an agent")}
      placeholder={t("Find an agent by name")}
      options={options}
      busy={busy || fetching}
      onSearch={setText}
      onPick={onPick}
    />
  );
}
