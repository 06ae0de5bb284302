import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { SeatGate } from "@/features/no-seat/SeatGate";
import { VersionsPage } from "@/features/reanalysis/VersionsPage";

type Search = { readonly with?: string };

export const Route = createFileRoute("/interactions/$id_/versions")({
  validateSearch: (raw: Record<string, unknown>): Search => (typeof raw.with === "string" ? { with: raw.with } : {}),
  component: VersionsRoute,
});

function VersionsRoute() {
  const { id } = Route.useParams();
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/interactions/$id/versions" });
  return (
    <SeatGate>
      <VersionsPage key={id} id={id} old={search.with} onOld={(chosen) => navigate({ search: { with: chosen }, replace: true })} />
    </SeatGate>
  );
}
