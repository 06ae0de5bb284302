import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { InteractionPage } from "@/features/interaction/InteractionPage";
import { type DetailSearch, parseDetailSearch } from "@/features/interaction/search";
import { SeatGate } from "@/features/no-seat/SeatGate";

export const Route = createFileRoute("/interactions/$id")({
  validateSearch: (raw: Record<string, unknown>): DetailSearch => parseDetailSearch(raw),
  component: InteractionRoute,
});

function InteractionRoute() {
  const { id } = Route.useParams();
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/interactions/$id" });
  const onSearch = useCallback((next: DetailSearch, replace: boolean) => navigate({ search: next, replace }), [navigate]);
  return (
    <SeatGate>
      <InteractionPage key={id} id={id} search={search} onSearch={onSearch} />
    </SeatGate>
  );
}
