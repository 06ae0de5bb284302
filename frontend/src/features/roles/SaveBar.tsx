import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Notice } from "@/components/Notice";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { UpdateRoleDocument } from "./__generated__";
import { changed, type Edits, grantsOf, type Role, without } from "./model";

type Props = { readonly roles: readonly Role[]; readonly edits: Edits; readonly onEdits: (edits: Edits) => void };

/** What is not saved yet, with the way to save or drop it. Role by role: where one is refused, the others are saved. */
export function SaveBar({ roles, edits, onEdits }: Props) {
  const update = useAction(UpdateRoleDocument);
  const [busy, setBusy] = useState(false);
  const { roles: roleCount, cells } = changed(edits);
  const touched = roles.filter((role) => edits[role.key]);
  const holders = touched.reduce((sum, role) => sum + role.holders, 0);
  const save = async () => {
    setBusy(true);
    let left = edits;
    for (const role of touched) {
      const payload = await update.run({ input: { key: role.key, grants: [...grantsOf(edits, role)] } });
      if (!payload) break;
      left = without(left, role.key);
      onEdits(left);
    }
    setBusy(false);
    if (changed(left).cells === 0) toast(t("Permissions saved. They hold at once."));
  };
  return (
    <>
      {cells > 0 && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-nav px-4 py-2.5 md:px-5">
          {update.refusal ? (
            <Notice tone="critical" className="flex-1">
              {update.refusal.message}
            </Notice>
          ) : (
            <output className="figures min-w-0 flex-1">
              {t("{cells, plural, one {# permission} other {# permissions}} changed in {roles, plural, one {# role} other {# roles}}", {
                cells,
                roles: roleCount,
              })}
              <span className="text-ink-2">
                {" · "}
                {t("{holders, plural, =0 {nobody holds it} one {# holder} other {# holders}}", { holders })}
              </span>
            </output>
          )}
          <div className="flex gap-2">
            <Button variant="ghost" isDisabled={busy} onPress={() => [update.clear(), onEdits({})]}>
              {t("Discard")}
            </Button>
            <Button variant="primary" isDisabled={busy} onPress={save}>
              {t("Save changes")}
            </Button>
          </div>
        </div>
      )}
      <LeaveGuard unsaved={cells > 0} />
    </>
  );
}

/** Asks before unsaved cells are left behind. Another view of the same page keeps them. */
function LeaveGuard({ unsaved }: { readonly unsaved: boolean }) {
  const leave = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  return (
    <Confirm
      title={t("Leave without saving?")}
      isOpen={leave.status === "blocked"}
      onClose={() => leave.reset?.()}
      verb={t("Leave")}
      onConfirm={() => leave.proceed?.()}
    >
      {t("Some permissions were changed and are not saved.")}
    </Confirm>
  );
}
