import { type ErrorComponentProps, Link, Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { CombinedError } from "@urql/core";
import { useQuery } from "urql";
import { buttonClass } from "@/components/button-style";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { ViewerDocument } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { ViewerProvider } from "@/lib/viewer";
import { Shell } from "./Shell";

export function Root() {
  const { pathname } = useLocation();
  const signIn = pathname === "/sign-in";
  const [{ data }] = useQuery({ query: ViewerDocument, pause: signIn });
  if (signIn) return <Outlet />;
  if (!data?.viewer) return null;
  return (
    <ViewerProvider value={data.viewer}>
      <Shell rail={/^\/interactions\/[^/]/.test(pathname)}>
        <Outlet />
      </Shell>
    </ViewerProvider>
  );
}

export function RootError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => [reset(), router.invalidate()];
  const message =
    error instanceof CombinedError
      ? errorMessage(error)
      : t("An unexpected error stopped this page: {message}", { message: String(error) });
  return (
    <main className="mx-auto max-w-xl pt-[16vh]">
      <ErrorPanel title={t("Assay could not be opened")} message={message} onRetry={retry} />
    </main>
  );
}

export function RootNotFound() {
  return (
    <EmptyState
      title={t("There is no such page")}
      action={
        <Link to="/interactions" className={buttonClass()}>
          {t("Go to interactions")}
        </Link>
      }
    >
      {t("The address may be mistyped, or the page may have moved.")}
    </EmptyState>
  );
}
