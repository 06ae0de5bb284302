import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Segmented } from "@/components/Segmented";
import { toast } from "@/components/Toast";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { type LicenceSeatsFragment, RemoveLicenceDocument, SetLicenceDocument } from "./__generated__";
import { readSeats } from "./shares";

type Props = { readonly licence: LicenceSeatsFragment | null; readonly onClose: () => void; readonly onSaved: () => void };

/** What the owner knows and the product cannot: how many seats were bought, and as what. */
export function LicenceDialog({ licence, onClose, onSaved }: Props) {
  const [name, setName] = useState(licence?.name ?? "");
  const [seats, setSeats] = useState(licence ? String(licence.seats) : "");
  const [kind, setKind] = useState(licence?.kind ?? "SINGLE");
  const [product, setProduct] = useState(licence?.bundledWith ?? "");
  const [tried, setTried] = useState(false);
  const save = useAction(SetLicenceDocument);
  const count = readSeats(seats);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (count === null || !name.trim()) return;
    const bundledWith = kind === "BUNDLE" && product.trim() ? product.trim() : null;
    const payload = await save.run({
      input: { ...(licence ? { id: licence.id } : {}), name: name.trim(), kind, bundledWith, seats: count },
    });
    if (payload) [toast(t("{name} saved", { name: name.trim() })), onSaved(), onClose()];
  };
  const sentence = general(save.refusal, ["/input/name", "/input/seats"]);
  return (
    <Dialog title={licence ? t("Edit {name}", { name: licence.name }) : t("Add licence")} isOpen onClose={onClose} width="max-w-md">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField
          label={t("Name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried && !name.trim() ? t("Enter a name.") : about(save.refusal, "/input/name")}
        />
        <TextField
          label={t("Seats bought")}
          inputMode="numeric"
          value={seats}
          onChange={(event) => setSeats(event.target.value)}
          hint={licence ? t("{used} are in use: it cannot be fewer.", { used: licence.used }) : ""}
          error={tried && count === null ? t("Enter a whole number from 0 to 1,000,000.") : about(save.refusal, "/input/seats")}
        />
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{t("Sold")}</p>
          <Segmented
            label={t("Sold")}
            value={kind}
            onChange={setKind}
            options={[
              { value: "SINGLE", label: t("By itself") },
              { value: "BUNDLE", label: t("In a bundle") },
            ]}
          />
        </div>
        {kind === "BUNDLE" && (
          <TextField
            label={t("Bundled with")}
            value={product}
            onChange={(event) => setProduct(event.target.value)}
            hint={t("The product that brings these seats along.")}
          />
        )}
        {sentence && <Notice tone="critical">{sentence}</Notice>}
        <div className="flex items-center gap-2">
          {licence && <Remove licence={licence} onDone={() => [onSaved(), onClose()]} />}
          <Button className="ml-auto" onPress={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" variant="primary">
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Asks on the button itself: the second press removes. */
function Remove({ licence, onDone }: { readonly licence: LicenceSeatsFragment; readonly onDone: () => void }) {
  const [sure, setSure] = useState(false);
  const remove = useAction(RemoveLicenceDocument);
  const press = async () => {
    if (!sure) return setSure(true);
    if (await remove.run({ id: licence.id })) [toast(t("{name} removed", { name: licence.name })), onDone()];
  };
  if (licence.used > 0) return <p className="text-meta text-ink-3">{t("Can be removed once no seat of it is used.")}</p>;
  return (
    <>
      <Button variant="danger" onPress={press}>
        {sure ? t("Remove for good") : t("Remove")}
      </Button>
      {remove.refusal && <Notice tone="critical">{remove.refusal.message}</Notice>}
    </>
  );
}
