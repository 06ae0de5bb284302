import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Checkbox";
import { Chip } from "@/components/Chip";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { sourceLabel } from "@/lib/access";
import { mayAccount, useViewer } from "@/lib/viewer";
import { type PersonFragment, SetUserRolesDocument, type UserChoicesQuery } from "./__generated__";

type Roles = UserChoicesQuery["roles"];
type Props = { readonly user: PersonFragment; readonly roles: Roles | undefined };

/** The roles that the person holds, any number. What mapping gave says so. */
export function RolesSection({ user, roles }: Props) {
  const editable = mayAccount(useViewer(), "account.roles");
  const hint = (
    <>
      <p>{t("What they may do in quality management, and how far. The widest of several roles counts.")}</p>
      {editable && (
        <p className="mt-1">
          <Link to="/admin/roles" search={{ view: "why", user: user.id }} className="text-accent-ink underline underline-offset-2">
            {t("Why can they see something?")}
          </Link>
        </p>
      )}
    </>
  );
  return (
    <Section title={t("Roles")} hint={hint}>
      {editable ? <Editor user={user} roles={roles} /> : <Held user={user} />}
    </Section>
  );
}

function Editor({ user, roles }: Props) {
  const held = user.roles.map((one) => one.role.key);
  const [chosen, setChosen] = useState<readonly string[]>(held);
  const save = useAction(SetUserRolesDocument);
  const changed = chosen.length !== held.length || chosen.some((key) => !held.includes(key));
  const toggle = (key: string, on: boolean) => setChosen(on ? [...chosen, key] : chosen.filter((one) => one !== key));
  const submit = async () => {
    const payload = await save.run({ input: { userId: user.id, roles: chosen } });
    if (payload) toast(t("Roles of {name} saved", { name: user.name }));
  };
  if (!roles) return <Skeleton className="h-28 max-w-xl" />;
  return (
    <div className="flex max-w-xl flex-col gap-3">
      <fieldset>
        <legend className="sr-only">{t("Roles")}</legend>
        {roles.map((role) => (
          <Checkbox
            key={role.key}
            isSelected={chosen.includes(role.key)}
            onChange={(on) => toggle(role.key, on)}
            className="-mx-2 items-start! py-1.5 [&>span[aria-hidden]]:mt-0.5"
          >
            <span className="flex items-center gap-1.5 font-medium">
              {role.name}
              <Given user={user} role={role.key} />
            </span>
            <span className="block text-ink-2">{role.description}</span>
          </Checkbox>
        ))}
      </fieldset>
      {save.refusal && <Notice tone="critical">{save.refusal.message}</Notice>}
      {changed && (
        <div className="flex gap-2">
          <Button variant="primary" isDisabled={save.busy} onPress={submit}>
            {t("Save roles")}
          </Button>
          <Button variant="ghost" onPress={() => [setChosen(held), save.clear()]}>
            {t("Discard")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Given({ user, role }: { readonly user: PersonFragment; readonly role: string }) {
  const source = user.roles.find((held) => held.role.key === role)?.source;
  if (!source || source === "MANUAL") return null;
  return <Chip title={t("Given by mapping; it may come back with the next sign-in.")}>{sourceLabel(source)}</Chip>;
}

function Held({ user }: { readonly user: PersonFragment }) {
  return (
    <>
      <p className="flex flex-wrap gap-1.5">
        {user.roles.map((held) => (
          <Chip key={held.role.key}>{held.role.name}</Chip>
        ))}
        {user.roles.length === 0 && t("None.")}
      </p>
      <p className="text-ink-2">{t("Whoever may edit roles can change them.")}</p>
    </>
  );
}
