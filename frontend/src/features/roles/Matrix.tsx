import { Fragment } from "react";
import { t } from "@/i18n";
import { type Edits, grouped, type Permission, type Role, withCell } from "./model";
import { nounLabel } from "./nouns";
import { RoleHead } from "./RoleHead";
import { ScopeSelect } from "./ScopeSelect";

export type MatrixProps = {
  readonly permissions: readonly Permission[];
  readonly roles: readonly Role[];
  readonly edits: Edits;
  readonly onEdits: (edits: Edits) => void;
  readonly onCopy: (role: Role) => void;
  readonly onChanged: () => void;
};

const first =
  "sticky left-0 z-10 w-72 min-w-72 border-r border-line bg-surface pl-4 pr-3 text-left md:pl-5 min-[1700px]:w-96 min-[1700px]:min-w-96";

/** Permissions down, roles across; each cell says how far. Head and first column stay in sight. */
export function Matrix({ permissions, roles, edits, onEdits, onCopy, onChanged }: MatrixProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table aria-label={t("Permissions of each role")} className="border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className={`${first} top-0 z-30! h-20 border-b align-bottom text-meta font-normal text-ink-2`}>
              <span className="block pb-2">{t("Permission")}</span>
            </th>
            {roles.map((role) => (
              <th
                key={role.key}
                scope="col"
                className="sticky top-0 z-20 w-36 min-w-36 min-[1700px]:w-44 border-b border-line bg-surface px-2 pt-3 pb-2 text-left align-bottom font-normal"
              >
                <RoleHead role={role} onCopy={() => onCopy(role)} onChanged={onChanged} />
              </th>
            ))}
            <td className="sticky top-0 w-full border-b border-line bg-surface" />
          </tr>
        </thead>
        <tbody>
          {grouped(permissions).map((group) => (
            <Fragment key={group.noun}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 2}
                  className="h-7 border-b border-line bg-canvas text-left text-meta font-medium text-ink-2"
                >
                  <span className="sticky left-0 inline-block px-4 md:px-5">{nounLabel(group.noun)}</span>
                </th>
              </tr>
              {group.permissions.map((permission) => (
                <tr key={permission.action}>
                  <th scope="row" className={`${first} border-b py-2 font-normal`}>
                    <PermissionName permission={permission} />
                  </th>
                  {roles.map((role) => (
                    <td key={role.key} className="border-b border-line px-2">
                      <ScopeSelect
                        role={role}
                        permission={permission}
                        edits={edits}
                        onChange={(cell) => onEdits(withCell(edits, role, permission.action, cell))}
                      />
                    </td>
                  ))}
                  <td className="border-b border-line" />
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function PermissionName({ permission }: { readonly permission: Permission }) {
  return (
    <>
      <span className="block font-medium">{permission.title}</span>
      <span className="block text-meta text-ink-2">{permission.description}</span>
    </>
  );
}
