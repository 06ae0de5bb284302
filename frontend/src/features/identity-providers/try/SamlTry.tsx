import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Segmented } from "@/components/Segmented";
import { TextArea } from "@/components/TextArea";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { instantOf } from "@/lib/days";
import { useZone } from "@/lib/viewer";
import { type DryRunFieldsFragment, DryRunSamlDocument } from "../__generated__";
import { Verdict } from "./Verdict";

/** Paste a response, choose the moment, and see what would happen. Nothing is written, nobody is signed in. */
export function SamlTry({ providerId }: { readonly providerId: string }) {
  const zone = useZone();
  const [response, setResponse] = useState("");
  const [moment, setMoment] = useState<"now" | "then">("now");
  const [at, setAt] = useState("");
  const [run, setRun] = useState<DryRunFieldsFragment | null>(null);
  const { run: ask, busy, refusal } = useAction(DryRunSamlDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const time = moment === "then" && at ? { at: instantOf(at, zone) } : {};
    const answer = await ask({ input: { providerId, response: response.trim(), ...time } });
    setRun(answer?.dryRun ?? null);
  };
  const message = general(refusal, ["/input/response"]);
  return (
    <div className="flex flex-col gap-6 px-4 py-5 md:px-5">
      <form onSubmit={submit} className="flex max-w-4xl flex-col gap-4">
        <TextArea
          label={t("SAML response")}
          hint={t("As XML or in Base64, as the browser posts it. It is checked in memory and not kept.")}
          rows={8}
          value={response}
          onChange={(event) => setResponse(event.target.value)}
          error={about(refusal, "/input/response")}
        />
        <div className="flex flex-wrap items-center gap-3">
          <span className="font-medium">{t("As if received")}</span>
          <Segmented
            label={t("As if received")}
            value={moment}
            onChange={setMoment}
            options={[
              { value: "now", label: t("now") },
              { value: "then", label: t("at") },
            ]}
          />
          {moment === "then" && (
            <>
              <input
                type="datetime-local"
                step={1}
                aria-label={t("Moment, in the account’s time zone")}
                value={at}
                onChange={(event) => setAt(event.target.value)}
                className={`${inputClass} h-8! w-56!`}
              />
              <span className="text-meta text-ink-3">{zone}</span>
            </>
          )}
        </div>
        {message && <Notice tone="critical">{message}</Notice>}
        <div>
          <button type="submit" disabled={busy || !response.trim() || (moment === "then" && !at)} className={buttonClass("primary")}>
            {busy ? t("Checking …") : t("See what would happen")}
          </button>
        </div>
      </form>
      {run && <Verdict run={run} accept={(subject) => t("{subject} would be let in.", { subject })} />}
    </div>
  );
}
