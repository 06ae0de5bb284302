import { createFileRoute } from "@tanstack/react-router";
import { localAddress } from "@/features/sign-in/model";
import { refusalCode } from "@/features/sign-in/refusals";
import { SignInPage } from "@/features/sign-in/SignInPage";

export const Route = createFileRoute("/sign-in")({
  validateSearch: (search: Record<string, unknown>): { next?: string; error?: string } => {
    const next = localAddress(search.next);
    const error = refusalCode(search.error);
    return { ...(next ? { next } : {}), ...(error ? { error } : {}) };
  },
  component: SignInRoute,
});

function SignInRoute() {
  const { next = "/interactions", error } = Route.useSearch();
  return <SignInPage next={next} error={error} />;
}
