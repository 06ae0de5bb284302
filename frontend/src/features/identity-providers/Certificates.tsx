import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { TextArea } from "@/components/TextArea";
import { toast } from "@/components/Toast";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { AddCertificateDocument, type ProviderFieldsFragment, RemoveCertificateDocument } from "./__generated__";
import { type Certificate, certificateState, certificateWarning } from "./model";

/** The provider's signing certificates: several may stand side by side, so that its change of keys interrupts nobody. */
export function Certificates({ provider }: { readonly provider: ProviderFieldsFragment }) {
  const [now] = useState(Date.now);
  const [asked, setAsked] = useState<Certificate | null>(null);
  const { run, refusal, clear } = useAction(RemoveCertificateDocument);
  const warning = certificateWarning(provider.certificates, now);
  const remove = async () => {
    if (!asked || !(await run({ id: asked.id }))) return;
    setAsked(null);
    toast(t("Certificate removed."));
  };
  return (
    <Section
      title={t("Certificates")}
      hint={t(
        "A response counts if one of these has signed it. Add the next before the provider changes over; remove the old one afterwards.",
      )}
    >
      {warning && <Notice tone="attention">{warning}</Notice>}
      {provider.certificates.length > 0 && (
        <ul className="overflow-hidden rounded-card border border-line">
          {provider.certificates.map((certificate) => (
            <Row key={certificate.id} certificate={certificate} now={now} onRemove={() => setAsked(certificate)} />
          ))}
        </ul>
      )}
      <AddCertificate providerId={provider.id} />
      <Confirm
        title={t("Remove the certificate?")}
        isOpen={asked !== null}
        onClose={() => [setAsked(null), clear()]}
        verb={t("Remove")}
        refusal={refusal?.message ?? null}
        onConfirm={remove}
      >
        {t("Responses that it signed are refused from then on.")}
      </Confirm>
    </Section>
  );
}

function Row({ certificate, now, onRemove }: { readonly certificate: Certificate; readonly now: number; readonly onRemove: () => void }) {
  const zone = useZone();
  const state = certificateState(certificate, now);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 font-semibold wrap-anywhere">{certificate.subject}</span>
          {state === "expired" && <Chip tone="critical">{t("Expired")}</Chip>}
          {state === "soon" && <Chip tone="indicator">{t("Ends soon")}</Chip>}
          {state === "future" && <Chip tone="outline">{t("Not yet valid")}</Chip>}
        </p>
        <p className="figures text-ink-2">
          {t("{from} to {to}", { from: dateTime(certificate.notBefore, zone), to: dateTime(certificate.notAfter, zone) })}
        </p>
        <p className="font-mono text-meta wrap-anywhere text-ink-3">{certificate.fingerprint}</p>
      </div>
      <button
        type="button"
        className={buttonClass("danger", "small")}
        aria-label={t("Remove the certificate {name}", { name: certificate.subject })}
        onClick={onRemove}
      >
        {t("Remove")}
      </button>
    </li>
  );
}

function AddCertificate({ providerId }: { readonly providerId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [pem, setPem] = useState("");
  const { run, busy, refusal, clear } = useAction(AddCertificateDocument);
  const close = () => [setOpen(false), setPem(""), clear()];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run({ input: { providerId, pem: pem.trim() } }))) return;
    close();
    toast(t("Certificate added."));
  };
  if (!isOpen) {
    return (
      <button type="button" className={buttonClass("default", "medium", "self-start")} onClick={() => setOpen(true)}>
        {t("Add a certificate")}
      </button>
    );
  }
  const message = general(refusal, ["/input/pem"]);
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextArea
        label={t("Certificate")}
        hint={t("In PEM: it begins with BEGIN CERTIFICATE.")}
        value={pem}
        onChange={(event) => [setPem(event.target.value), clear()]}
        error={about(refusal, "/input/pem")}
      />
      {message && <Notice tone="critical">{message}</Notice>}
      <div className="flex gap-2">
        <button type="submit" disabled={busy || !pem.trim()} className={buttonClass()}>
          {t("Add")}
        </button>
        <button type="button" onClick={close} className={buttonClass("ghost")}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
