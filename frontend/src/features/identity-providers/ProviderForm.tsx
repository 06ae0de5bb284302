import { type FormEvent, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { Segmented } from "@/components/Segmented";
import { Switch } from "@/components/Switch";
import { TextArea } from "@/components/TextArea";
import { toast } from "@/components/Toast";
import { about, general, type Refusal, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { type ProviderFieldsFragment, SaveIdentityProviderDocument } from "./__generated__";
import { draftOf, emptyDraft, inputOf, isComplete, type ProviderDraft } from "./model";

type Props = { readonly provider: ProviderFieldsFragment | null; readonly onSaved: (id: string) => void };
type PartProps = {
  readonly draft: ProviderDraft;
  readonly refusal: Refusal | null;
  readonly isNew: boolean;
  readonly edit: (part: Partial<ProviderDraft>) => void;
};

const shown = ["name", "metadataXml", "entityId", "ssoUrl", "sloUrl", "certificates", "emailAttribute", "nameAttribute", "groupsAttribute"];

/** A provider from its metadata or typed by hand, and what a sign-in through it may do. */
export function ProviderForm({ provider, onSaved }: Props) {
  const start = provider ? draftOf(provider) : emptyDraft;
  const [draft, setDraft] = useState(start);
  const { run, busy, refusal, clear } = useAction(SaveIdentityProviderDocument);
  const isNew = provider === null;
  const changed = JSON.stringify(draft) !== JSON.stringify(start);
  const edit = (part: Partial<ProviderDraft>) => [setDraft((now) => ({ ...now, ...part })), clear()];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await run({ input: inputOf(provider?.id ?? null, draft) });
    if (!answer) return;
    toast(isNew ? t("{name} added.", { name: answer.provider.name }) : t("{name} saved.", { name: answer.provider.name }));
    setDraft(draftOf(answer.provider));
    onSaved(answer.provider.id);
  };
  const parts: PartProps = { draft, refusal, isNew, edit };
  const message = general(
    refusal,
    shown.map((name) => `/input/${name}`),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Source {...parts} />
      <Behaviour {...parts} />
      <Attributes {...parts} />
      <footer className="sticky bottom-0 z-10 flex flex-wrap items-center justify-end gap-3 border-y border-line bg-nav px-4 py-2.5 md:px-5">
        <div className="min-w-40 flex-1">{message && <Notice tone="critical">{message}</Notice>}</div>
        {!isNew && (
          <button type="button" className={buttonClass()} disabled={!changed || busy} onClick={() => edit(start)}>
            {t("Discard")}
          </button>
        )}
        <button type="submit" className={buttonClass("primary")} disabled={busy || !changed || !isComplete(draft, isNew)}>
          {isNew ? t("Add the provider") : t("Save")}
        </button>
      </footer>
    </form>
  );
}

function Source({ draft, refusal, isNew, edit }: PartProps) {
  return (
    <Section title={t("The provider")} hint={t("Its metadata says everything at once. By hand you enter the same piece by piece.")}>
      <div className="flex max-w-3xl flex-col gap-4">
        <Text
          name="name"
          label={t("Name")}
          hint={t("On the sign-in page: “Continue with …”.")}
          draft={draft}
          refusal={refusal}
          edit={edit}
        />
        <Segmented
          label={t("Where the details come from")}
          className="max-w-72"
          value={draft.from}
          onChange={(from) => edit({ from })}
          options={[
            { value: "metadata", label: t("From metadata") },
            { value: "hand", label: t("By hand") },
          ]}
        />
        {draft.from === "metadata" ? (
          <Metadata draft={draft} refusal={refusal} isNew={isNew} edit={edit} />
        ) : (
          <>
            <Text name="entityId" label={t("Entity ID of the provider")} draft={draft} refusal={refusal} edit={edit} mono />
            <Text
              name="ssoUrl"
              label={t("Sign-in address of the provider")}
              hint={t("HTTP-Redirect binding.")}
              draft={draft}
              refusal={refusal}
              edit={edit}
              mono
            />
            <Text
              name="sloUrl"
              label={t("Sign-out address of the provider")}
              hint={t("Optional.")}
              draft={draft}
              refusal={refusal}
              edit={edit}
              mono
            />
            {isNew && (
              <TextArea
                label={t("Signing certificate")}
                hint={t("In PEM: it begins with BEGIN CERTIFICATE. Further ones can be added later.")}
                value={draft.certificate}
                onChange={(event) => edit({ certificate: event.target.value })}
                error={about(refusal, "/input/certificates") ?? about(refusal, "/input/certificates/0")}
              />
            )}
          </>
        )}
      </div>
    </Section>
  );
}

function Metadata({ draft, refusal, isNew, edit }: PartProps) {
  const read = async (file: File | undefined) => file && edit({ metadataXml: await file.text() });
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={t("Metadata XML")}
        hint={
          isNew
            ? t("Download it from the provider and paste it, or choose the file.")
            : t("New metadata replaces the addresses and the certificates.")
        }
        rows={8}
        value={draft.metadataXml}
        onChange={(event) => edit({ metadataXml: event.target.value })}
        error={about(refusal, "/input/metadataXml")}
      />
      <label className={buttonClass("default", "medium", "self-start has-focus-visible:outline-2 has-focus-visible:outline-accent")}>
        <input
          type="file"
          accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
          className="sr-only"
          onChange={(event) => read(event.target.files?.[0])}
        />
        {t("Choose a file")}
      </label>
    </div>
  );
}

function Behaviour({ draft, edit }: PartProps) {
  return (
    <Section title={t("Sign-in")} hint={t("Every response must be signed, fresh, and meant for Assay: that cannot be switched off.")}>
      <Switch
        label={t("Offered on the sign-in page")}
        hint={t("Off: nobody signs in through it.")}
        isSelected={draft.active}
        onChange={(active) => edit({ active })}
      />
      <Switch
        label={t("Create people who are new")}
        hint={t("Off: only people who exist in Assay, by their email address, are let in.")}
        isSelected={draft.createUsers}
        onChange={(createUsers) => edit({ createUsers })}
      />
      <Switch
        label={t("Accept sign-ins that start at the provider")}
        hint={t("For tiles in a company portal. Without a request of ours to answer, a stolen response is easier to use.")}
        isSelected={draft.allowIdpInitiated}
        onChange={(allowIdpInitiated) => edit({ allowIdpInitiated })}
      />
      <Switch
        label={t("Accept signatures made with SHA-1")}
        hint={t("Only for a provider that cannot sign with SHA-256: SHA-1 can be forged with effort.")}
        isSelected={draft.allowSha1}
        onChange={(allowSha1) => edit({ allowSha1 })}
      />
    </Section>
  );
}

function Attributes({ draft, refusal, edit }: PartProps) {
  return (
    <Section title={t("Attributes")} hint={t("By which names the provider sends these. Empty: the usual names are tried.")}>
      <div className="flex max-w-3xl flex-col gap-4">
        <Text
          name="emailAttribute"
          label={t("Email")}
          hint={t("Empty: the name ID, or an attribute that is usual for it.")}
          draft={draft}
          refusal={refusal}
          edit={edit}
          mono
        />
        <Text name="nameAttribute" label={t("Full name")} draft={draft} refusal={refusal} edit={edit} mono />
        <Text name="groupsAttribute" label={t("Groups")} draft={draft} refusal={refusal} edit={edit} mono />
      </div>
    </Section>
  );
}

type TextName = "name" | "entityId" | "ssoUrl" | "sloUrl" | "emailAttribute" | "nameAttribute" | "groupsAttribute";
type TextProps = Omit<PartProps, "isNew"> & {
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly mono?: boolean;
};

function Text({ name, label, hint, draft, refusal, edit, mono = false }: TextProps) {
  return (
    <TextField
      label={label}
      {...(hint ? { hint } : {})}
      value={draft[name]}
      onChange={(event) => edit({ [name]: event.target.value })}
      error={about(refusal, `/input/${name}`)}
      autoComplete="off"
      spellCheck={!mono}
      {...(mono ? { autoCapitalize: "none" } : {})}
    />
  );
}
