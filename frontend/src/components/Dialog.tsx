import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { t } from "@/i18n";
import { IconButton } from "./Button";
import { Icon } from "./Icon";

type DialogProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly width?: string;
  /** False where a slip of the hand outside would lose something: then only its own buttons close it. */
  readonly isDismissable?: boolean;
  readonly children: ReactNode;
};

const veil = "fixed inset-0 z-40 flex bg-[rgb(0_0_0/36%)] dark:bg-[rgb(0_0_0/60%)]";

/** In the middle of the page; on a phone a sheet from below. */
export function Dialog({ title, isOpen, onClose, width = "max-w-lg", isDismissable = true, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={`${veil} items-end justify-center md:items-center md:p-6`}
    >
      <Modal className={`animate-pop w-full ${width} rounded-t-sheet bg-raised shadow-3 md:rounded-pop md:border md:border-line`}>
        <DialogBody title={title} onClose={onClose}>
          {children}
        </DialogBody>
      </Modal>
    </ModalOverlay>
  );
}

/** From the right edge; on a phone from below. */
export function Sheet({ title, isOpen, onClose, width = "md:w-96", children }: Omit<DialogProps, "isDismissable">) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={`${veil} items-end justify-end md:items-stretch`}
    >
      <Modal className={`animate-pop w-full ${width} rounded-t-sheet bg-raised shadow-3 md:rounded-none md:border-l md:border-line`}>
        <DialogBody title={title} onClose={onClose}>
          {children}
        </DialogBody>
      </Modal>
    </ModalOverlay>
  );
}

function DialogBody({ title, onClose, children }: Pick<DialogProps, "title" | "onClose" | "children">) {
  return (
    <AriaDialog className="flex max-h-[85dvh] flex-col outline-none md:max-h-[calc(100dvh-48px)]">
      <header className="flex h-14 shrink-0 items-center justify-between border-b border-line pr-3 pl-5">
        <Heading slot="title" className="text-title font-semibold tracking-[-0.01em]">
          {title}
        </Heading>
        <IconButton label={t("Close")} onPress={onClose}>
          <Icon name="close" />
        </IconButton>
      </header>
      <div className="overflow-auto p-5">{children}</div>
    </AriaDialog>
  );
}
