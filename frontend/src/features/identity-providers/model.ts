/** Providers as the pages show and edit them. Pure. */
import { t } from "@/i18n";
import type { ProviderFieldsFragment, SaveIdentityProviderInput } from "./__generated__";

export type Certificate = ProviderFieldsFragment["certificates"][number];
export type CertificateState = "expired" | "future" | "soon" | "good";

const dayMs = 86_400_000;
const soonDays = 30;

export function certificateState(certificate: Pick<Certificate, "notBefore" | "notAfter">, now: number): CertificateState {
  const end = Date.parse(certificate.notAfter);
  if (end <= now) return "expired";
  if (Date.parse(certificate.notBefore) > now) return "future";
  return end - now < soonDays * dayMs ? "soon" : "good";
}

export function daysUntil(iso: string, now: number): number {
  return Math.floor((Date.parse(iso) - now) / dayMs);
}

/** What is to be done about the certificates, in one sentence; null where nothing is. */
export function certificateWarning(certificates: readonly Certificate[], now: number): string | null {
  const states = certificates.map((certificate) => certificateState(certificate, now));
  if (states.length === 0) return t("There is no certificate: no response can be checked, so nobody can sign in this way.");
  if (states.includes("good")) return null;
  if (states.includes("soon")) {
    const latest = certificates
      .filter((one) => certificateState(one, now) === "soon")
      .sort((one, other) => (one.notAfter < other.notAfter ? 1 : -1))[0];
    const days = latest ? daysUntil(latest.notAfter, now) : 0;
    return t("The last valid certificate ends in {days, plural, one {# day} other {# days}}. Add its successor beside it before then.", {
      days,
    });
  }
  return t("No certificate is valid now. Add the present one of the identity provider.");
}

export type ProviderDraft = {
  readonly name: string;
  readonly from: "metadata" | "hand";
  readonly metadataXml: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string;
  readonly certificate: string;
  readonly active: boolean;
  readonly allowIdpInitiated: boolean;
  readonly createUsers: boolean;
  readonly allowSha1: boolean;
  readonly emailAttribute: string;
  readonly nameAttribute: string;
  readonly groupsAttribute: string;
};

export const emptyDraft: ProviderDraft = {
  name: "",
  from: "metadata",
  metadataXml: "",
  entityId: "",
  ssoUrl: "",
  sloUrl: "",
  certificate: "",
  active: true,
  allowIdpInitiated: false,
  createUsers: true,
  allowSha1: false,
  emailAttribute: "",
  nameAttribute: "",
  groupsAttribute: "",
};

export function draftOf(provider: ProviderFieldsFragment): ProviderDraft {
  return {
    ...emptyDraft,
    name: provider.name,
    from: "hand",
    entityId: provider.entityId,
    ssoUrl: provider.ssoUrl,
    sloUrl: provider.sloUrl ?? "",
    active: provider.active,
    allowIdpInitiated: provider.allowIdpInitiated,
    createUsers: provider.createUsers,
    allowSha1: provider.allowSha1,
    emailAttribute: provider.emailAttribute,
    nameAttribute: provider.nameAttribute,
    groupsAttribute: provider.groupsAttribute,
  };
}

/** `id` is null for a provider that is new. Certificates of one that exists have a list of their own. */
export function inputOf(id: string | null, draft: ProviderDraft): SaveIdentityProviderInput {
  const source =
    draft.from === "metadata"
      ? { metadataXml: draft.metadataXml.trim() }
      : {
          entityId: draft.entityId.trim(),
          ssoUrl: draft.ssoUrl.trim(),
          sloUrl: draft.sloUrl.trim(),
          ...(draft.certificate.trim() ? { certificates: [draft.certificate.trim()] } : {}),
        };
  const { active, allowIdpInitiated, createUsers, allowSha1 } = draft;
  return {
    ...(id ? { id } : {}),
    name: draft.name.trim(),
    ...source,
    active,
    allowIdpInitiated,
    createUsers,
    allowSha1,
    emailAttribute: draft.emailAttribute.trim(),
    nameAttribute: draft.nameAttribute.trim(),
    groupsAttribute: draft.groupsAttribute.trim(),
  };
}

/** Enough is there for the server to judge the rest. */
export function isComplete(draft: ProviderDraft, isNew: boolean): boolean {
  if (!draft.name.trim()) return false;
  if (draft.from === "metadata") return Boolean(draft.metadataXml.trim());
  return Boolean(draft.entityId.trim() && draft.ssoUrl.trim() && (draft.certificate.trim() || !isNew));
}

/** Attributes that Entra, Okta and others send unless told otherwise, the provider's own first. */
export function usualAttributes(provider: Pick<ProviderFieldsFragment, "groupsAttribute" | "rules">): string[] {
  const own = [provider.groupsAttribute, ...provider.rules.map((rule) => rule.attribute)].filter((name) => name !== "");
  const usual = [
    "groups",
    "memberOf",
    "department",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
  ];
  return [...new Set([...own, ...usual])];
}

/** Of SCIM resources: a group by its display name, or an attribute by its path. */
export const scimAttributes = [
  "groups",
  "title",
  "userType",
  "roles",
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
];
