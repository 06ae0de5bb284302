import { Link } from "@tanstack/react-router";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { mayAccount, useViewer } from "@/lib/viewer";

/** Where conversations would stand for a person without a seat: why there are none, and who can change that. */
export function NoSeat() {
  const viewer = useViewer();
  const account = { account: viewer.account.name };
  const mayGive = mayAccount(viewer, "account.users");
  return (
    <>
      <PageBar title={t("Interactions")} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-8 md:px-5 lg:pt-[12vh]">
        <div className="mx-auto flex max-w-xl flex-col items-start gap-4">
          <span className="flex size-11 items-center justify-center rounded-card bg-sunken text-ink-2">
            <Icon name="lock" size={20} />
          </span>
          <h2 className="text-score font-semibold tracking-[-0.015em]">{t("You have no seat yet")}</h2>
          <p className="text-ink-2">
            {t("You are signed in to {account}. Conversations, scores and reports open with a seat, and none is assigned to you.", account)}
          </p>
          {viewer.seatRefusal && (
            <p className="flex gap-2 rounded-field bg-indicator-soft px-3 py-2 text-indicator-ink">
              <Icon name="alert" className="mt-0.5" />
              <span>{viewer.seatRefusal}</span>
            </p>
          )}
          <p className="text-ink-2">
            {mayGive
              ? t("You administer the users of this account: you can assign seats, also to yourself.")
              : t("An owner or administrator of {account} can assign one: ask whoever invited you, then look again.", account)}
          </p>
          <div className="flex flex-wrap gap-2">
            {mayGive && (
              <a href="/admin/users?seat=no" className={buttonClass("primary")}>
                {t("Assign seats")}
              </a>
            )}
            {!mayGive && viewer.accountPermissions.length > 0 && (
              <Link to="/admin" className={buttonClass("primary")}>
                {t("Go to administration")}
              </Link>
            )}
            <button type="button" className={buttonClass()} onClick={() => location.reload()}>
              <Icon name="retry" />
              {t("Look again")}
            </button>
            <Link to="/me" className={buttonClass("ghost")}>
              {t("Your account")}
            </Link>
          </div>
        </div>
      </div>
    </>
  );
}
