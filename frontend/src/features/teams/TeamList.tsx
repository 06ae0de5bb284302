import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import type { TeamDetailFragment } from "./__generated__";

type Props = {
  readonly teams: readonly TeamDetailFragment[];
  readonly chosen: string | undefined;
  readonly onOpen: (id: string) => void;
};

export function TeamList({ teams, chosen, onOpen }: Props) {
  if (teams.length === 0) return <p className="px-4 py-3 text-ink-2 md:px-5">{t("Nothing has this name.")}</p>;
  return (
    <ul aria-label={t("Teams")} className="min-h-0 flex-1 overflow-y-auto border-t border-line">
      {teams.map((team) => (
        <li key={team.id}>
          <button
            type="button"
            aria-current={team.id === chosen ? "true" : undefined}
            onClick={() => onOpen(team.id)}
            className="flex w-full items-center gap-3 border-b border-line px-4 py-2.5 text-left motion-fade hover:bg-canvas focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_3px_0_0_var(--accent)] md:px-5"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{team.name}</span>
              <span className="block truncate text-meta text-ink-2">
                {team.supervisors.length > 0 ? team.supervisors.map((one) => one.name).join(", ") : t("Nobody supervises it")}
              </span>
            </span>
            <span className="figures text-meta text-ink-2">
              {t("{count, plural, one {# agent} other {# agents}}", { count: team.memberCount })}
            </span>
            <Icon name="chevron-right" className="text-ink-3 lg:hidden" />
          </button>
        </li>
      ))}
    </ul>
  );
}
