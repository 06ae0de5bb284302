import { createFileRoute } from "@tanstack/react-router";
import { SecurityPage } from "@/features/security/SecurityPage";
import { MyTokens } from "@/features/tokens/sections";

export const Route = createFileRoute("/me")({ component: MeRoute });

function MeRoute() {
  return <SecurityPage tokens={<MyTokens />} />;
}
