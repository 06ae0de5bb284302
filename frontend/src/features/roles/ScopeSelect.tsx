import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { type Cell, cellOf, deliveredIn, type Edits, granted, isEdited, type Permission, type Role } from "./model";

type Props = {
  readonly role: Role;
  readonly permission: Permission;
  readonly edits: Edits;
  readonly onChange: (cell: Cell) => void;
};

const none = "NONE";

/** The wider the scope, the darker the cell and the more of its three dots are filled; the word stands in it. */
const looks: Record<NonNullable<Cell> | typeof none, string> = {
  NONE: "bg-transparent text-ink-3 hover:bg-sunken",
  OWN: "bg-sunken text-ink",
  TEAM: "bg-line text-ink",
  ALL: "bg-line-2 text-ink",
};

/** One cell of the matrix: a native list of how far the permission reaches. What is not saved yet has a ring and a dot. */
export function ScopeSelect({ role, permission, edits, onChange }: Props) {
  const cell = cellOf(edits, role, permission.action);
  const edited = isEdited(edits, role.key, permission.action);
  const before = scopeLabel(granted(role, permission.action));
  const delivered = deliveredIn(role, permission.action);
  const differs = delivered !== undefined && delivered !== cell;
  const plain = t("{role}: {permission}", { role: role.name, permission: permission.title });
  const note = differs ? t("as delivered: {delivered}", { delivered: scopeLabel(delivered) }) : "";
  const label = differs ? `${plain}, ${note}` : plain;
  const named = (value: Cell) =>
    differs && value === delivered ? t("{scope} (as delivered)", { scope: scopeLabel(value) }) : scopeLabel(value);
  return (
    <span className="relative flex items-center">
      <select
        aria-label={edited ? t("{label}, changed from {before}, not saved", { label, before }) : label}
        title={[edited && t("Was: {before}", { before }), note].filter(Boolean).join(" · ") || undefined}
        value={cell ?? none}
        onChange={(event) => onChange(event.target.value === none ? null : (event.target.value as NonNullable<Cell>))}
        className={`h-8 w-full cursor-pointer appearance-none rounded-field pr-14 pl-2.5 font-medium motion-fade touch:h-11 ${looks[cell ?? none]} ${edited ? "shadow-[0_0_0_2px_var(--accent)]" : ""}`}
      >
        <option value={none}>{named(null)}</option>
        {permission.scopes.map((scope) => (
          <option key={scope} value={scope}>
            {named(scope)}
          </option>
        ))}
      </select>
      {cell && <Reach cell={cell} />}
      <Icon name="chevron-down" size={12} className="pointer-events-none absolute right-2 text-ink-3" />
      {differs && (
        <span aria-hidden="true" data-differs className="absolute -bottom-0.5 left-2 h-0.5 w-4 rounded-full bg-[var(--accent)]" />
      )}
      {edited && <span aria-hidden="true" className="absolute -top-1 -right-1 size-2 rounded-full bg-accent" />}
    </span>
  );
}

const widths = { OWN: 1, TEAM: 2, ALL: 3 } as const;

function Reach({ cell }: { readonly cell: NonNullable<Cell> }) {
  return (
    <span aria-hidden="true" className="pointer-events-none absolute right-7 flex gap-0.5">
      {[1, 2, 3].map((dot) => (
        <span key={dot} className={`size-1.5 rounded-full ${dot <= widths[cell] ? "bg-ink" : "bg-line-3/40"}`} />
      ))}
    </span>
  );
}

export function scopeLabel(cell: Cell): string {
  if (cell === null) return t("No");
  return { OWN: t("Own"), TEAM: t("Team"), ALL: t("All") }[cell];
}
