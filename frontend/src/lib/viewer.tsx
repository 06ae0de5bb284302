/** The person signed in, for every component below the shell. */
import { createContext, useContext } from "react";
import type { ViewerQuery } from "@/graphql/__generated__";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

const ViewerContext = createContext<Viewer | null>(null);

export const ViewerProvider = ViewerContext.Provider;

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer is called outside the shell");
  return viewer;
}

/** The account's time zone: all times and days are shown in it. */
export function useZone(): string {
  return useViewer().account.timezone;
}

/** `may(viewer, "interaction.read")`: in any scope. What the page hides, the server refuses. */
export function may(viewer: Viewer, action: string): boolean {
  return viewer.permissions.some((permission) => permission.split(":")[0] === action);
}

/** `mayAccount(viewer, "account.users")`: rights over the account itself, which QM roles neither give nor take. */
export function mayAccount(viewer: Viewer, action: string): boolean {
  return viewer.accountPermissions.includes(action);
}
