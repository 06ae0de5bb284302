import { Button } from "@/components/Button";
import { FilterMenu } from "@/components/FilterMenu";
import { t } from "@/i18n";
import { sourceLabel, sources } from "@/lib/access";
import type { UserChoicesQuery } from "./__generated__";
import { isFiltered, type UserSearch } from "./search";

type Props = {
  readonly search: UserSearch;
  readonly choices: UserChoicesQuery | undefined;
  readonly onChange: (change: Partial<Record<keyof UserSearch, string>>) => void;
  readonly onClear: () => void;
};

export function UserFilters({ search, choices, onChange, onClear }: Props) {
  const roles = choices?.roles.map((role) => ({ value: role.key, label: role.name })) ?? [];
  const teams = choices?.teams.map((team) => ({ value: team.id, label: team.name })) ?? [];
  return (
    <fieldset className="flex min-w-0 h-12 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] md:px-5">
      <legend className="sr-only">{t("Filters")}</legend>
      <FilterMenu
        label={t("Seat")}
        value={search.seat ?? ""}
        options={[
          { value: "yes", label: t("With a seat") },
          { value: "no", label: t("Without a seat") },
        ]}
        onChange={(seat) => onChange({ seat })}
      />
      <FilterMenu label={t("Role")} value={search.role ?? ""} options={roles} onChange={(role) => onChange({ role })} />
      <FilterMenu label={t("Team")} value={search.team ?? ""} options={teams} onChange={(team) => onChange({ team })} />
      <FilterMenu
        label={t("Status")}
        value={search.status ?? ""}
        options={[
          { value: "active", label: t("Active") },
          { value: "inactive", label: t("Inactive") },
        ]}
        onChange={(status) => onChange({ status })}
      />
      <FilterMenu
        label={t("Added")}
        value={search.source ?? ""}
        options={sources.map((source) => ({ value: source.toLowerCase(), label: sourceLabel(source) }))}
        onChange={(source) => onChange({ source })}
      />
      {isFiltered(search) && (
        <Button size="small" variant="ghost" onPress={onClear}>
          {t("Clear")}
        </Button>
      )}
    </fieldset>
  );
}
