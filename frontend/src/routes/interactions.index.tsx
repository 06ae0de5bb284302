import { createFileRoute } from "@tanstack/react-router";
import { InteractionsPage } from "@/features/interactions/InteractionsPage";

export const Route = createFileRoute("/interactions/")({ component: InteractionsPage });
