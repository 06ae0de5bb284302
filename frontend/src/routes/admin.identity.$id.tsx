import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { NewProviderPage } from "@/features/identity-providers/NewProviderPage";
import { ProviderPage } from "@/features/identity-providers/ProviderPage";
import { ScimPage } from "@/features/identity-providers/ScimPage";
import { type ProviderSearch, parseProviderSearch, type TabName } from "@/features/identity-providers/search";
import { ProvisioningTokens } from "@/features/tokens/sections";

export const Route = createFileRoute("/admin/identity/$id")({
  validateSearch: (raw: Record<string, unknown>): ProviderSearch => parseProviderSearch(raw),
  component: ProviderRoute,
});

/** A provider by its id; `new` and `scim` are no ids. */
function ProviderRoute() {
  const { id } = Route.useParams();
  const tab = Route.useSearch().tab ?? "connection";
  const navigate = useNavigate({ from: "/admin/identity/$id" });
  const onTab = (next: TabName) => navigate({ search: next === "connection" ? {} : { tab: next }, replace: true });
  if (id === "new") return <NewProviderPage onSaved={(made) => navigate({ params: { id: made }, search: {}, replace: true })} />;
  if (id === "scim") return <ScimPage tab={tab} onTab={onTab} tokens={<ProvisioningTokens />} />;
  return <ProviderPage key={id} id={id} tab={tab} onTab={onTab} onDeleted={() => navigate({ to: "/admin/identity" })} />;
}
