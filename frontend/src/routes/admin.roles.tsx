import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { RolesPage } from "@/features/roles/RolesPage";
import { parseRolesSearch, type RolesSearch } from "@/features/roles/search";

export const Route = createFileRoute("/admin/roles")({
  // Read by the page, so that its reader is loaded with it.
  validateSearch: (raw: Record<string, unknown>) => raw as RolesSearch,
  component: RolesRoute,
});

function RolesRoute() {
  const raw = Route.useSearch();
  const search = useMemo(() => parseRolesSearch(raw), [raw]);
  const navigate = useNavigate({ from: "/admin/roles" });
  const onSearch = useCallback((next: RolesSearch, push = false) => navigate({ search: next, replace: !push }), [navigate]);
  return <RolesPage search={search} onSearch={onSearch} />;
}
