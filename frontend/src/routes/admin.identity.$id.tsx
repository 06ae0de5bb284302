import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { NewProviderPage } from "@/features/identity-providers/NewProviderPage";
import { ProviderPage } from "@/features/identity-providers/ProviderPage";
import { type ProviderSearch, parseProviderSearch, type TabName } from "@/features/identity-providers/search";

export const Route = createFileRoute("/admin/identity/$id")({
  validateSearch: (raw: Record<string, unknown>): ProviderSearch => parseProviderSearch(raw),
  component: ProviderRoute,
});

/** A provider by its id; `new` is no id. */
function ProviderRoute() {
  const { id } = Route.useParams();
  const tab = Route.useSearch().tab ?? "connection";
  const navigate = useNavigate({ from: "/admin/identity/$id" });
  const onTab = (next: TabName) => navigate({ search: next === "connection" ? {} : { tab: next }, replace: true });
  if (id === "new") return <NewProviderPage onSaved={(made) => navigate({ params: { id: made }, search: {}, replace: true })} />;
  return <ProviderPage key={id} id={id} tab={tab} onTab={onTab} onDeleted={() => navigate({ to: "/admin/identity" })} />;
}
