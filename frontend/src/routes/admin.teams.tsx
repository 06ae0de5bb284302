import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { parseTeamSearch, type TeamSearch } from "@/features/teams/search";
import { TeamsPage } from "@/features/teams/TeamsPage";

export const Route = createFileRoute("/admin/teams")({
  // Read by the page, so that its reader is loaded with it.
  validateSearch: (raw: Record<string, unknown>) => raw as TeamSearch,
  component: TeamsRoute,
});

function TeamsRoute() {
  const raw = Route.useSearch();
  const search = useMemo(() => parseTeamSearch(raw), [raw]);
  const navigate = useNavigate({ from: "/admin/teams" });
  const onSearch = useCallback((next: TeamSearch, push = false) => navigate({ search: next, replace: !push }), [navigate]);
  return <TeamsPage search={search} onSearch={onSearch} />;
}
