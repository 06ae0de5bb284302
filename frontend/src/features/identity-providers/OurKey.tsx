import { useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { ErrorPanel } from "@/components/Panel";
import { Section } from "@/components/Section";
import { Segmented } from "@/components/Segmented";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { RotateSamlKeyDocument, type SamlKeyFieldsFragment, SamlKeysDocument } from "./__generated__";

const choices = ["0", "7", "30", "90"] as const;
type Days = (typeof choices)[number];

/** The account's own SAML key, and its change: both stand in the metadata until the old one ends. Nothing before there is a key. */
export function OurKey() {
  const [{ data, error }, again] = useQuery({ query: SamlKeysDocument, requestPolicy: "cache-and-network" });
  const [asked, setAsked] = useState(false);
  const [days, setDays] = useState<Days>("30");
  const { run, refusal, clear } = useAction(RotateSamlKeyDocument);
  const retry = () => again({ requestPolicy: "network-only" });
  if (error && !data) {
    return (
      <Section title={t("Our key")}>
        <ErrorPanel message={errorMessage(error)} onRetry={retry} />
      </Section>
    );
  }
  if (!data || data.samlKeys.length === 0) return null;
  const rotate = async () => {
    if (!(await run({ input: { keepDays: Number(days) } }))) return;
    setAsked(false);
    retry();
    toast(t("The key has changed. Give the providers the metadata anew."));
  };
  return (
    <Section
      title={t("Our key")}
      hint={t("It signs what is sent to providers, and opens what they encrypt. Its certificates stand in the metadata of each provider.")}
      action={
        <Button size="small" onPress={() => setAsked(true)}>
          {t("Change the key")}
        </Button>
      }
    >
      <ul className="overflow-hidden rounded-card border border-line">
        {data.samlKeys.map((key) => (
          <Row key={key.fingerprint} item={key} />
        ))}
      </ul>
      <Confirm
        title={t("Change the key?")}
        isOpen={asked}
        onClose={() => [setAsked(false), clear()]}
        verb={t("Change")}
        danger={days === "0"}
        refusal={refusal?.message ?? null}
        onConfirm={rotate}
      >
        <div className="flex flex-col gap-3">
          <p>{t("The new key signs at once: a provider that checks our signatures needs the new metadata at once.")}</p>
          <div className="flex flex-col gap-1.5">
            <p aria-hidden="true" className="font-medium text-ink">
              {t("The old key ends")}
            </p>
            <Segmented
              label={t("The old key ends")}
              value={days}
              onChange={setDays}
              options={choices.map((value) => ({
                value,
                label: t("{days, plural, =0 {Now} other {In # days}}", { days: Number(value) }),
              }))}
            />
          </div>
          <p aria-live="polite">
            {days === "0"
              ? t("As after a theft. What a provider encrypts for it is not opened: sign-in fails until it has the new metadata.")
              : t("Until then it opens what providers encrypt, and its certificate stands in the metadata beside the new one.")}
          </p>
        </div>
      </Confirm>
    </Section>
  );
}

function Row({ item }: { readonly item: SamlKeyFieldsFragment }) {
  const zone = useZone();
  const { fingerprint, signs, signsFrom, endsAt } = item;
  const state = endsAt
    ? t("Ends {when}", { when: dateTime(endsAt, zone) })
    : t("{signs, select, true {Signs since {when}} other {Signs from {when}}}", { signs: String(signs), when: dateTime(signsFrom, zone) });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-0">
      <span className="min-w-0 flex-1 font-mono text-meta wrap-anywhere">
        <span className="sr-only">{t("Fingerprint")} </span>
        {fingerprint}
      </span>
      <Chip tone={signs ? "accent" : "outline"}>{signs ? t("Signs") : t("Opens only")}</Chip>
      <span className="w-full text-meta text-ink-3">{state}</span>
    </li>
  );
}
