import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditPage } from "@/features/audit/AuditPage";
import { type AuditSearch, parseAuditSearch } from "@/features/audit/search";

export const Route = createFileRoute("/admin/audit")({
  validateSearch: (raw: Record<string, unknown>): AuditSearch => parseAuditSearch(raw),
  component: AuditRoute,
});

function AuditRoute() {
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/admin/audit" });
  const onSearch = useCallback((next: AuditSearch) => navigate({ search: next, replace: true }), [navigate]);
  return <AuditPage search={search} onSearch={onSearch} />;
}
