import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import type { InteractionFilter } from "./__generated__";
import { StartDialog } from "./StartDialog";

type Props = { readonly filter: InteractionFilter; readonly filtered: boolean; readonly total: number | null };

/** On the list: has what it shows analysed again. */
export function AnalyseAgain({ filter, filtered, total }: Props) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  // A run is followed on its own page.
  const follow = () => navigate({ to: "/admin/analyses" });
  return (
    <>
      <Button
        onPress={() => setOpen(true)}
        aria-label={t("Analyse these again")}
        className="max-lg:border-transparent! max-lg:px-2! max-lg:shadow-none!"
      >
        <Icon name="retry" />
        <span className="max-lg:hidden">{t("Analyse these again")}</span>
      </Button>
      {open && <StartDialog chosen={{ filter, filtered, total }} onClose={() => setOpen(false)} onStarted={follow} />}
    </>
  );
}
