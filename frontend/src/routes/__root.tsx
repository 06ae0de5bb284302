import { createRootRouteWithContext, redirect } from "@tanstack/react-router";
import { Root, RootError, RootNotFound } from "@/app/Root";
import type { RouterContext } from "@/app/router";
import { ViewerDocument } from "@/graphql/__generated__";

/** Everything but the sign-in page needs a viewer. */
export const Route = createRootRouteWithContext<RouterContext>()({
  beforeLoad: async ({ context, location }) => {
    if (location.pathname === "/sign-in") return;
    const { data, error } = await context.client.query(ViewerDocument, {}).toPromise();
    if (error && !data) throw error;
    if (!data?.viewer) throw redirect({ to: "/sign-in", search: location.pathname === "/" ? {} : { next: location.href } });
  },
  component: Root,
  errorComponent: RootError,
  notFoundComponent: RootNotFound,
});
