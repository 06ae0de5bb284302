import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { InteractionsPage } from "@/features/interactions/InteractionsPage";
import { type ListSearch, parseListSearch } from "@/features/interactions/search";
import { SeatGate } from "@/features/no-seat/SeatGate";

export const Route = createFileRoute("/interactions/")({
  // Read by the page, so that its reader is loaded with it.
  validateSearch: (raw: Record<string, unknown>) => raw as ListSearch,
  component: InteractionsRoute,
});

function InteractionsRoute() {
  const raw = Route.useSearch();
  const search = useMemo(() => parseListSearch(raw), [raw]);
  const navigate = useNavigate({ from: "/interactions/" });
  const onSearch = useCallback((next: ListSearch) => navigate({ search: next, replace: true }), [navigate]);
  return (
    <SeatGate>
      <InteractionsPage search={search} onSearch={onSearch} />
    </SeatGate>
  );
}
