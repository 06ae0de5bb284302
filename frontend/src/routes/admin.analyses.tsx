import { createFileRoute } from "@tanstack/react-router";
import { AnalysesPage } from "@/features/reanalysis/AnalysesPage";

export const Route = createFileRoute("/admin/analyses")({ component: AnalysesPage });
