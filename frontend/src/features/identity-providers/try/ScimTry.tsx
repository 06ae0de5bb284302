import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { Notice } from "@/components/Notice";
import { TextArea } from "@/components/TextArea";
import { about, general, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { type DryRunFieldsFragment, DryRunScimDocument } from "../__generated__";
import { Verdict } from "./Verdict";

const example = JSON.stringify(
  {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: "ada@example.com",
    name: { givenName: "Ada", familyName: "Okoro" },
    active: true,
    groups: [{ display: "Billing agents" }],
  },
  null,
  2,
);

/** A user as the identity provider would send it; what the rules would make of it. Nothing is written. */
export function ScimTry() {
  const [text, setText] = useState(example);
  const [wrong, setWrong] = useState<string | undefined>();
  const [run, setRun] = useState<DryRunFieldsFragment | null>(null);
  const { run: ask, busy, refusal } = useAction(DryRunScimDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const resource = parsed(text);
    setWrong(resource.fault);
    if (resource.fault) return;
    const answer = await ask({ input: { resource: resource.value } });
    setRun(answer?.dryRun ?? null);
  };
  const message = general(refusal, ["/input/resource"]);
  return (
    <div className="flex flex-col gap-6 px-4 py-5 md:px-5">
      <form onSubmit={submit} className="flex max-w-4xl flex-col gap-4">
        <TextArea
          label={t("User resource")}
          hint={t("The JSON of one user. Groups count by their display names.")}
          rows={12}
          value={text}
          onChange={(event) => [setText(event.target.value), setWrong(undefined)]}
          error={wrong ?? about(refusal, "/input/resource")}
        />
        {message && <Notice tone="critical">{message}</Notice>}
        <div>
          <button type="submit" disabled={busy || !text.trim()} className={buttonClass("primary")}>
            {busy ? t("Checking …") : t("See what would happen")}
          </button>
        </div>
      </form>
      {run && <Verdict run={run} accept={(subject) => t("{subject} would be taken over.", { subject })} />}
    </div>
  );
}

function parsed(text: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value };
    return { fault: t("A user is a JSON object: it begins with a brace.") };
  } catch (error) {
    return { fault: t("This is not JSON: {reason}", { reason: error instanceof Error ? error.message : String(error) }) };
  }
}
