import { Icon } from "@/components/Icon";
import { toast } from "@/components/Toast";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";

/** The link to a moment, for a message to somebody else. */
export async function copyLink(id: string, ms: number): Promise<void> {
  try {
    const read = new URLSearchParams(location.search).get("read");
    await navigator.clipboard.writeText(location.origin + interactionAddress(id, Math.round(ms)) + (read ? `&read=${read}` : ""));
    toast(t("Link to {at} copied.", { at: clock(ms) }));
  } catch {
    toast(t("The browser did not allow copying. The address of the time does the same."));
  }
}

export function CopyLink({ ms }: { readonly ms: number }) {
  const { interaction } = useConversation();
  return (
    <button
      type="button"
      aria-label={t("Copy the link to {at}", { at: clock(ms) })}
      title={t("Copy link")}
      onClick={() => copyLink(interaction.id, ms)}
      className="absolute top-0.5 right-2 flex size-7 items-center justify-center rounded-field text-ink-3 opacity-0 group-hover:opacity-100 hover:bg-sunken hover:text-ink focus-visible:opacity-100 touch:hidden"
    >
      <Icon name="link" />
    </button>
  );
}
