import { createFileRoute } from "@tanstack/react-router";
import { localAddress } from "@/features/sign-in/model";
import { SignInPage } from "@/features/sign-in/SignInPage";

export const Route = createFileRoute("/sign-in")({
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = localAddress(search.next);
    return next ? { next } : {};
  },
  component: SignInRoute,
});

function SignInRoute() {
  return <SignInPage next={Route.useSearch().next ?? "/interactions"} />;
}
