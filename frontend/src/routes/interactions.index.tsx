import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { InteractionsPage } from "@/features/interactions/InteractionsPage";
import { type ListSearch, parseListSearch } from "@/features/interactions/search";
import { SeatGate } from "@/features/no-seat/SeatGate";

export const Route = createFileRoute("/interactions/")({
  validateSearch: (raw: Record<string, unknown>): ListSearch => parseListSearch(raw),
  component: InteractionsRoute,
});

function InteractionsRoute() {
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/interactions/" });
  const onSearch = useCallback((next: ListSearch) => navigate({ search: next, replace: true }), [navigate]);
  return (
    <SeatGate>
      <InteractionsPage search={search} onSearch={onSearch} />
    </SeatGate>
  );
}
