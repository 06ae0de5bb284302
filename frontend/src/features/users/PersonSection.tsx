import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { Select } from "@/components/Select";
import { toast } from "@/components/Toast";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { accountRoleHint, accountRoleLabel, accountRoles, sourceLabel } from "@/lib/access";
import { dateTime } from "@/lib/format";
import { useViewer, useZone } from "@/lib/viewer";
import { type PersonFragment, UpdateUserDocument } from "./__generated__";

/** Name, email and what the person is to the account; saved together. */
export function PersonSection({ user }: { readonly user: PersonFragment }) {
  const viewer = useViewer();
  const [draft, setDraft] = useState({ name: user.name, email: user.email, accountRole: user.accountRole });
  const update = useAction(UpdateUserDocument);
  const changed = draft.name !== user.name || draft.email !== user.email || draft.accountRole !== user.accountRole;
  // Owners alone make and unmake owners.
  const owner = viewer.accountRole === "OWNER";
  const roles = accountRoles.filter((role) => owner || role !== "OWNER" || user.accountRole === "OWNER");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await update.run({ input: { id: user.id, ...changes(draft, user) } });
    if (!payload) return;
    const { name, email, accountRole } = payload.user;
    setDraft({ name, email, accountRole });
    toast(t("{name} saved", { name }));
  };
  const sentence = general(update.refusal, ["/input/name", "/input/email"]);
  return (
    <Section title={t("Person")} hint={<Origin user={user} />}>
      <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("Name")}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            error={about(update.refusal, "/input/name")}
          />
          <TextField
            label={t("Email")}
            type="email"
            autoComplete="off"
            value={draft.email}
            onChange={(event) => setDraft({ ...draft, email: event.target.value })}
            error={about(update.refusal, "/input/email")}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{t("Account role")}</p>
          <Select
            label={t("Account role")}
            value={draft.accountRole}
            options={roles.map((value) => ({ value, label: accountRoleLabel(value) }))}
            onChange={(accountRole) => setDraft({ ...draft, accountRole })}
            className="sm:w-1/2 sm:pr-2"
          />
          <p className="text-meta text-ink-3">{accountRoleHint(draft.accountRole)}</p>
        </div>
        {sentence && <Notice tone="critical">{sentence}</Notice>}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" isDisabled={!changed || update.busy || !draft.name.trim() || !draft.email.trim()}>
            {t("Save")}
          </Button>
          {changed && (
            <Button
              variant="ghost"
              onPress={() => [setDraft({ name: user.name, email: user.email, accountRole: user.accountRole }), update.clear()]}
            >
              {t("Discard")}
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}

type Draft = Pick<PersonFragment, "name" | "email" | "accountRole">;

/** Only what differs: what an identity provider has changed meanwhile is not put back. */
export function changes(draft: Draft, user: Draft): Partial<Draft> {
  return {
    ...(draft.name === user.name ? {} : { name: draft.name.trim() }),
    ...(draft.email === user.email ? {} : { email: draft.email.trim() }),
    ...(draft.accountRole === user.accountRole ? {} : { accountRole: draft.accountRole }),
  };
}

function Origin({ user }: { readonly user: PersonFragment }) {
  const zone = useZone();
  const added = dateTime(user.createdAt, zone);
  return (
    <>
      <p>
        {user.source === "MANUAL"
          ? t("Added by hand on {added}.", { added })
          : t("Added by {source} on {added}.", { source: sourceLabel(user.source), added })}
      </p>
      <p>{user.lastSeenAt ? t("Last seen on {seen}.", { seen: dateTime(user.lastSeenAt, zone) }) : t("Has never signed in.")}</p>
    </>
  );
}
