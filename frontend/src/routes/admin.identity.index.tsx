import { createFileRoute } from "@tanstack/react-router";
import { IdentityPage } from "@/features/identity-providers/IdentityPage";

export const Route = createFileRoute("/admin/identity/")({ component: IdentityPage });
