import { lazy, Suspense, useEffect, useState } from "react";
import { t } from "@/i18n";
import { useShortcuts } from "@/lib/shortcuts";

const HelpDialog = lazy(async () => ({ default: (await import("./HelpDialog")).HelpDialog }));

let openDialog = () => {};

/** For a button elsewhere in the shell. */
export const showHelp = () => openDialog();

/** `?` opens the list of keys; loaded when it is first asked for. */
export function Help() {
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    openDialog = () => [setWanted(true), setOpen(true)];
  }, []);
  useShortcuts([{ keys: ["?"], label: t("Show the keys"), run: showHelp }]);
  if (!wanted) return null;
  return (
    <Suspense>
      <HelpDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </Suspense>
  );
}
