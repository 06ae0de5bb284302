import { useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { DeleteIdentityProviderDocument, type ProviderFieldsFragment } from "./__generated__";

/** Gone for good, with its rules; the server refuses where nobody could sign in then. */
export function DeleteProvider({ provider, onDeleted }: { readonly provider: ProviderFieldsFragment; readonly onDeleted: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const { run, refusal, clear } = useAction(DeleteIdentityProviderDocument);
  const { name } = provider;
  const remove = async () => {
    if (!(await run({ id: provider.id }))) return;
    toast(t("{name} removed.", { name }));
    onDeleted();
  };
  return (
    <Section title={t("Remove")} hint={t("To stop sign-ins for a while, switch the provider off instead.")}>
      <div>
        <Button variant="danger" onPress={() => setOpen(true)}>
          {t("Remove this provider")}
        </Button>
      </div>
      <Confirm
        title={t("Remove {name}?", { name })}
        isOpen={isOpen}
        onClose={() => [setOpen(false), clear()]}
        verb={t("Remove")}
        refusal={refusal?.message ?? null}
        onConfirm={remove}
      >
        {t(
          "Nobody signs in through it any more, and its rules and certificates are deleted. People whom it created stay, with what they have.",
        )}
      </Confirm>
    </Section>
  );
}
