import { Checkbox } from "@/components/Checkbox";
import { TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { t } from "@/i18n";
import { accountRoleHint, accountRoleLabel, accountRoles } from "@/lib/access";
import { mayAccount, useViewer } from "@/lib/viewer";
import type { AccountRole, CreateUserInput, UserChoicesQuery } from "./__generated__";

export type Draft = {
  readonly name: string;
  readonly email: string;
  readonly accountRole: AccountRole;
  readonly seat: boolean;
  /** Empty: the first licence with room. */
  readonly licence: string;
  readonly roles: readonly string[];
};

export const emptyDraft: Draft = { name: "", email: "", accountRole: "MEMBER", seat: true, licence: "", roles: [] };

export function toInput(draft: Draft): CreateUserInput {
  return {
    name: draft.name.trim(),
    email: draft.email.trim(),
    accountRole: draft.accountRole,
    seat: draft.seat,
    ...(draft.seat && draft.licence ? { licence: draft.licence } : {}),
    ...(draft.roles.length > 0 ? { roles: draft.roles } : {}),
  };
}

type Props = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly choices: UserChoicesQuery | undefined;
  readonly errors: { readonly name: string | undefined; readonly email: string | undefined };
};

export function AddUserFields({ draft, onChange, choices, errors }: Props) {
  const viewer = useViewer();
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  // An account admin can make neither owners nor admins of others where the server says so; owners alone make owners.
  const offered = accountRoles.filter((role) => role !== "OWNER" || viewer.accountRole === "OWNER");
  return (
    <>
      <TextField
        label={t("Name")}
        autoComplete="off"
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors.name}
        autoFocus
      />
      <TextField
        label={t("Email")}
        type="email"
        autoComplete="off"
        value={draft.email}
        onChange={(event) => set({ email: event.target.value })}
        error={errors.email}
      />
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">{t("Account role")}</p>
        <Select
          label={t("Account role")}
          value={draft.accountRole}
          options={offered.map((value) => ({ value, label: accountRoleLabel(value) }))}
          onChange={(accountRole) => set({ accountRole })}
        />
        <p className="text-meta text-ink-3">{accountRoleHint(draft.accountRole)}</p>
      </div>
      <SeatChoice draft={draft} set={set} choices={choices} />
      {mayAccount(viewer, "account.roles") && <RoleChoice draft={draft} set={set} choices={choices} />}
    </>
  );
}

type PartProps = {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly choices: UserChoicesQuery | undefined;
};

function SeatChoice({ draft, set, choices }: PartProps) {
  const usage = choices?.seatUsage;
  const licences = usage?.licences ?? [];
  const free = usage ? usage.seats - usage.used : null;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("Seat")}</legend>
      <Checkbox isSelected={draft.seat} onChange={(seat) => set({ seat })} className="-mx-2">
        {t("Give a seat")}
        {free !== null && (
          <span className="figures text-ink-2">
            {" "}
            · {t("{free, plural, one {# of {seats} is free} other {# of {seats} are free}}", { free, seats: usage?.seats })}
          </span>
        )}
      </Checkbox>
      {draft.seat && licences.length > 1 && (
        <Select
          label={t("Licence")}
          className="mt-1"
          value={draft.licence || first}
          options={[
            { value: first, label: t("The first licence with room") },
            ...licences.map((licence) => ({ value: licence.id, label: t("{name}: {used} of {seats} used", licence) })),
          ]}
          onChange={(licence) => set({ licence: licence === first ? "" : licence })}
        />
      )}
    </fieldset>
  );
}

const first = "first";

function RoleChoice({ draft, set, choices }: PartProps) {
  const toggle = (key: string, on: boolean) => set({ roles: on ? [...draft.roles, key] : draft.roles.filter((one) => one !== key) });
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("Roles")}</legend>
      <div className="grid sm:grid-cols-2">
        {choices?.roles.map((role) => (
          <Checkbox key={role.key} isSelected={draft.roles.includes(role.key)} onChange={(on) => toggle(role.key, on)} className="-mx-2">
            {role.name}
          </Checkbox>
        ))}
      </div>
      <p className="text-meta text-ink-3">{t("With a seat and no role, the person becomes an agent.")}</p>
    </fieldset>
  );
}
