import { createFileRoute } from "@tanstack/react-router";
import { SeatsPage } from "@/features/seats/SeatsPage";

export const Route = createFileRoute("/admin/seats")({ component: SeatsPage });
