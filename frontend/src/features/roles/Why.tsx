import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { Avatar } from "@/components/Avatar";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { SearchPicker } from "@/components/SearchPicker";
import { Select } from "@/components/Select";
import { Skeleton } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useSettled } from "@/lib/settled";
import { ExplainAccessDocument, type ExplainAccessQuery, FindPeopleDocument, PersonNameDocument } from "./__generated__";
import type { Permission } from "./model";
import { interactionIn, type RolesSearch } from "./search";

type Props = {
  readonly search: RolesSearch;
  readonly permissions: readonly Permission[];
  readonly onSearch: (search: RolesSearch) => void;
};

/** A person, an action, perhaps an interaction: the decision, and each step that led to it. */
export function Why({ search, permissions, onSearch }: Props) {
  const action = permissions.some((one) => one.action === search.action) ? search.action : permissions[0]?.action;
  const [interaction, setInteraction] = useSettled(search.interaction ?? "", (text) => onSearch({ ...search, interaction: text }));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="grid max-w-5xl gap-x-10 gap-y-6 px-4 py-5 md:px-5 lg:grid-cols-[minmax(0,340px)_minmax(0,1fr)]">
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">
            {t(
              "Why can this person see this? Each step that leads to the decision, with what holds and what does not. Nothing of a conversation is shown.",
            )}
          </p>
          {search.user ? (
            <Person id={search.user} onAnother={() => onSearch({ ...search, user: "" })} />
          ) : (
            <PersonPicker onPick={(user) => onSearch({ ...search, user })} />
          )}
          <div className="flex flex-col gap-1.5">
            <p className="font-medium">{t("Permission")}</p>
            <Select
              label={t("Permission")}
              value={action ?? ""}
              options={permissions.map((one) => ({ value: one.action, label: one.title }))}
              onChange={(next) => onSearch({ ...search, action: next })}
            />
            <p className="text-meta text-ink-3">{permissions.find((one) => one.action === action)?.description}</p>
          </div>
          <TextField
            label={t("Interaction (optional)")}
            autoComplete="off"
            spellCheck={false}
            placeholder="/interactions/…"
            hint={t("Paste its link or its id to ask about this one call.")}
            value={interaction}
            onChange={(event) => setInteraction(event.target.value)}
          />
        </div>
        {search.user && action ? (
          <Decision userId={search.user} action={action} interaction={interactionIn(search.interaction ?? "")} />
        ) : (
          <p className="text-ink-2 lg:pt-9">{t("Choose a person to see the decision.")}</p>
        )}
      </div>
    </div>
  );
}

function Person({ id, onAnother }: { readonly id: string; readonly onAnother: () => void }) {
  const [{ data }] = useQuery({ query: PersonNameDocument, variables: { id } });
  const user = data?.user;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{t("Person")}</p>
      <div className="flex items-center gap-2.5 rounded-card border border-line py-2 pr-2 pl-3">
        <Avatar name={user?.name ?? ""} />
        <span className="min-w-0 flex-1">
          <Link to="/admin/users/$id" params={{ id }} className="block truncate rounded-chip font-medium hover:underline">
            {user?.name ?? (data ? t("No such person") : "…")}
          </Link>
          <span className="block truncate text-meta text-ink-2">{user?.email}</span>
        </span>
        <Button size="small" variant="ghost" onPress={onAnother}>
          {t("Another")}
        </Button>
      </div>
    </div>
  );
}

function PersonPicker({ onPick }: { readonly onPick: (id: string) => void }) {
  const [text, setText] = useState("");
  const [{ data, fetching }] = useQuery({ query: FindPeopleDocument, variables: { text } });
  const options = data?.users.edges.map(({ node }) => ({ id: node.id, label: node.name, note: node.email })) ?? [];
  return (
    <SearchPicker
      label={t("Person")}
      placeholder={t("Find a person by name or email")}
      options={options}
      busy={fetching}
      onSearch={setText}
      onPick={onPick}
    />
  );
}

type DecisionProps = { readonly userId: string; readonly action: string; readonly interaction: string };

function Decision({ userId, action, interaction }: DecisionProps) {
  const [{ data, error, fetching }] = useQuery({
    query: ExplainAccessDocument,
    variables: { userId, action, ...(interaction ? { interactionId: interaction } : {}) },
    requestPolicy: "network-only",
  });
  if (error)
    return (
      <Notice tone="critical" className="self-start">
        {errorMessage(error)}
      </Notice>
    );
  if (!data) return <Skeleton className="h-56 rounded-card!" />;
  return <Steps decision={data.explainAccess} busy={fetching} />;
}

function Steps({ decision, busy }: { readonly decision: ExplainAccessQuery["explainAccess"]; readonly busy: boolean }) {
  const { allowed, sentence, reasons } = decision;
  return (
    <section
      aria-label={t("Decision")}
      aria-live="polite"
      className={`self-start rounded-card border border-line motion-fade ${busy ? "opacity-60" : ""}`}
    >
      <p className="flex items-start gap-2.5 border-b border-line p-4 text-title font-semibold tracking-[-0.01em]">
        <Mark holds={allowed} size={18} />
        {sentence}
      </p>
      <ol className="flex flex-col px-4 py-1">
        {reasons.map((reason) => (
          <li key={reason.sentence} className="flex items-start gap-2.5 border-b border-line py-2.5 last:border-0">
            <Mark holds={reason.holds} size={16} />
            <span className={reason.holds ? "" : "text-ink-2"}>{reason.sentence}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Mark({ holds, size }: { readonly holds: boolean; readonly size: number }) {
  return (
    <>
      <Icon name={holds ? "check" : "close"} size={size} className={`mt-0.5 ${holds ? "text-positive" : "text-critical"}`} />
      <span className="sr-only">{holds ? t("Yes:") : t("No:")}</span>
    </>
  );
}
