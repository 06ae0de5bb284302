import { PageBar } from "@/app/PageBar";
import { t } from "@/i18n";
import { BackLink } from "./BackLink";
import { ProviderForm } from "./ProviderForm";

export function NewProviderPage({ onSaved }: { readonly onSaved: (id: string) => void }) {
  return (
    <>
      <PageBar title={t("Add an identity provider")}>
        <BackLink />
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-5xl">
          <ProviderForm provider={null} onSaved={onSaved} />
        </div>
      </div>
    </>
  );
}
