import { PageBar } from "@/app/PageBar";
import { t } from "@/i18n";

export function InteractionsPage() {
  return <PageBar title={t("Interactions")} />;
}
