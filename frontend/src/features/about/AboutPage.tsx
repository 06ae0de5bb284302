import { PageBar } from "@/app/PageBar";
import { t } from "@/i18n";

export function AboutPage() {
  return <PageBar title={t("About this installation")} />;
}
