import { Link } from "@tanstack/react-router";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { EmptyState } from "@/components/Panel";
import { t } from "@/i18n";

/** In the place of a page whose account permission the viewer does not hold. */
export function NoPermission({ title }: { readonly title: string }) {
  return (
    <>
      <PageBar title={title} />
      <EmptyState
        title={t("This page is not open to you")}
        action={
          <Link to="/interactions" className={buttonClass()}>
            {t("Go to interactions")}
          </Link>
        }
      >
        {t("It belongs to the administration of the account. An owner or administrator of the account can open it, or make you one.")}
      </EmptyState>
    </>
  );
}
