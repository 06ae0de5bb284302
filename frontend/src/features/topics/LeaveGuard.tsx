import { useBlocker } from "@tanstack/react-router";
import type { RefObject } from "react";
import { Confirm } from "@/components/Confirm";
import { t } from "@/i18n";

/** Asks before what is not saved is left behind: for another topic as well, which is another address of the same page. */
export function LeaveGuard({ unsaved, saved }: { readonly unsaved: boolean; readonly saved: RefObject<boolean> }) {
  const leave = useBlocker({ shouldBlockFn: () => unsaved && !saved.current, enableBeforeUnload: () => unsaved, withResolver: true });
  return (
    <Confirm
      title={t("Leave without saving?")}
      isOpen={leave.status === "blocked"}
      onClose={() => leave.reset?.()}
      verb={t("Leave")}
      onConfirm={() => leave.proceed?.()}
    >
      {t("The topic was changed and is not saved.")}
    </Confirm>
  );
}
