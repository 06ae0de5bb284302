import { Select } from "@/components/Select";
import { t } from "@/i18n";
import { type MatrixProps, PermissionName } from "./Matrix";
import { grouped, withCell } from "./model";
import { nounLabel } from "./nouns";
import { RoleHead } from "./RoleHead";
import { ScopeSelect } from "./ScopeSelect";

type Props = MatrixProps & { readonly chosen: string | undefined; readonly onChoose: (key: string) => void };

/** One column of the matrix at a time, where there is no room for more. */
export function OneRole({ permissions, roles, edits, onEdits, onCopy, onChanged, chosen, onChoose }: Props) {
  const role = roles.find((one) => one.key === chosen) ?? roles[0];
  if (!role) return null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex flex-col gap-3 border-b border-line px-4 py-3">
        <Select
          label={t("Role")}
          value={role.key}
          options={roles.map((one) => ({ value: one.key, label: one.name }))}
          onChange={onChoose}
          className="w-full"
        />
        <RoleHead role={role} onCopy={() => onCopy(role)} onChanged={onChanged} />
        {role.description && <p className="text-ink-2">{role.description}</p>}
      </div>
      {grouped(permissions).map((group) => (
        <section key={group.noun} aria-label={nounLabel(group.noun)}>
          <h2 className="flex h-7 items-center border-b border-line bg-canvas px-4 text-meta font-medium text-ink-2">
            {nounLabel(group.noun)}
          </h2>
          <ul>
            {group.permissions.map((permission) => (
              <li
                key={permission.action}
                className="grid grid-cols-[minmax(0,1fr)_6.5rem] items-center gap-3 border-b border-line px-4 py-2.5"
              >
                <span>
                  <PermissionName permission={permission} />
                </span>
                <ScopeSelect
                  role={role}
                  permission={permission}
                  edits={edits}
                  onChange={(cell) => onEdits(withCell(edits, role, permission.action, cell))}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
