import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { parseUserSearch, type UserSearch } from "@/features/users/search";
import { UsersPage } from "@/features/users/UsersPage";

export const Route = createFileRoute("/admin/users/")({
  // Read by the page, so that its reader is loaded with it.
  validateSearch: (raw: Record<string, unknown>) => raw as UserSearch,
  component: UsersRoute,
});

function UsersRoute() {
  const raw = Route.useSearch();
  const search = useMemo(() => parseUserSearch(raw), [raw]);
  const navigate = useNavigate({ from: "/admin/users/" });
  const onSearch = useCallback((next: UserSearch, push = false) => navigate({ search: next, replace: !push }), [navigate]);
  return <UsersPage search={search} onSearch={onSearch} />;
}
