import type { ReactNode } from "react";
import { t } from "@/i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Notice } from "./Notice";

type ConfirmProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The verb on the button. */
  readonly verb: string;
  readonly danger?: boolean;
  readonly refusal?: string | null;
  readonly onConfirm: () => void;
  readonly children: ReactNode;
};

/** Asks once before something that cannot be taken back, and says what it will do. */
export function Confirm({ title, isOpen, onClose, verb, danger = true, refusal, onConfirm, children }: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} width="max-w-md">
      <div className="flex flex-col gap-4">
        <div className="text-ink-2">{children}</div>
        {refusal && <Notice tone="critical">{refusal}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t("Cancel")}</Button>
          <Button variant={danger ? "danger" : "primary"} onPress={onConfirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
