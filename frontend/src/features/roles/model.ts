/** The matrix as data: what each role grants, and what has been changed on the page but not saved. */
import type { PermissionScope, RoleColumnFragment, RoleMatrixQuery } from "./__generated__";

export type Role = RoleColumnFragment;
export type Permission = RoleMatrixQuery["permissions"][number];
/** Null: the role does not grant it. */
export type Cell = PermissionScope | null;

/** Unsaved cells by role and action; a cell that is set back to what the server has is none. */
export type Edits = Readonly<Record<string, Readonly<Record<string, Cell>>>>;

export function granted(role: Role, action: string): Cell {
  return role.grants.find((grant) => grant.action === action)?.scope ?? null;
}

/** What a default role was delivered with here; undefined for a role of the account's own. */
export function deliveredIn(role: Role, action: string): Cell | undefined {
  if (!role.delivered) return undefined;
  return role.delivered.find((grant) => grant.action === action)?.scope ?? null;
}

export function isEdited(edits: Edits, role: string, action: string): boolean {
  return Object.hasOwn(edits[role] ?? {}, action);
}

export function cellOf(edits: Edits, role: Role, action: string): Cell {
  return isEdited(edits, role.key, action) ? (edits[role.key]?.[action] ?? null) : granted(role, action);
}

export function withCell(edits: Edits, role: Role, action: string, cell: Cell): Edits {
  const { [action]: _before, ...others } = edits[role.key] ?? {};
  const own = cell === granted(role, action) ? others : { ...others, [action]: cell };
  const { [role.key]: _role, ...rest } = edits;
  return Object.keys(own).length > 0 ? { ...rest, [role.key]: own } : rest;
}

export function without(edits: Edits, role: string): Edits {
  const { [role]: _gone, ...rest } = edits;
  return rest;
}

/** The whole set of grants that saving the role sends. Grants of actions that the page does not know stay. */
export function grantsOf(edits: Edits, role: Role): Role["grants"] {
  const own = edits[role.key] ?? {};
  const kept = role.grants.filter((grant) => !Object.hasOwn(own, grant.action));
  const set = Object.entries(own).flatMap(([action, scope]) => (scope ? [{ action, scope }] : []));
  return [...kept, ...set];
}

export type Changed = { readonly roles: number; readonly cells: number };

export function changed(edits: Edits): Changed {
  const cells = Object.values(edits).map((own) => Object.keys(own).length);
  return { roles: cells.length, cells: cells.reduce((sum, count) => sum + count, 0) };
}

export type Group = { readonly noun: string; readonly permissions: readonly Permission[] };

/** Permissions under the noun that their action begins with, in the server's order. */
export function grouped(permissions: readonly Permission[]): readonly Group[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const noun = permission.action.split(".")[0] ?? permission.action;
    groups.set(noun, [...(groups.get(noun) ?? []), permission]);
  }
  return [...groups].map(([noun, inside]) => ({ noun, permissions: inside }));
}
