/** Why an identity provider's answer was not taken, in words, by the code that the server put into the address. Pure. */
import { t } from "@/i18n";

type Kind =
  | "again"
  | "unverified"
  | "misdirected"
  | "unreadable"
  | "unknown"
  | "email"
  | "inactive"
  | "off"
  | "refused"
  | "encrypted"
  | "logout"
  | "often";

const kinds: Readonly<Record<string, Kind>> = {
  expired: "again",
  not_yet_valid: "again",
  replayed: "again",
  in_response_to: "again",
  other_browser: "again",
  unsolicited: "again",
  unsigned: "unverified",
  bad_signature: "unverified",
  signature: "unverified",
  signature_place: "unverified",
  wrong_reference: "unverified",
  weak_algorithm: "unverified",
  forbidden_transform: "unverified",
  certificate: "unverified",
  issuer: "misdirected",
  audience: "misdirected",
  destination: "misdirected",
  recipient: "misdirected",
  address: "misdirected",
  confirmation: "misdirected",
  unknown_person: "unknown",
  no_email: "email",
  inactive: "inactive",
  provider_off: "off",
  status: "refused",
  encryption: "encrypted",
  logout_failed: "logout",
  too_many_attempts: "often",
};

/** Codes are of our own making; whatever else stands in the address is shown as the general sentence, never as text. */
export function refusalSentence(code: string): string {
  const sentences: Record<Kind, string> = {
    again: t("The answer of the identity provider was too old, used already, or belongs to another window. Start again here."),
    unverified: t(
      "The answer of the identity provider could not be verified. Your administrator can see why in the audit log: often its certificate has changed.",
    ),
    misdirected: t(
      "The answer of the identity provider was meant for another service. Your administrator can compare the addresses on both sides.",
    ),
    unreadable: t("The answer of the identity provider could not be used. Your administrator can see why in the audit log."),
    unknown: t("The identity provider knows you, but this account does not. Ask an administrator of the account to add you."),
    email: t("The identity provider did not say your email address. Your administrator can let it send one."),
    inactive: t("You have been deactivated in this account. Ask an administrator if that is a mistake."),
    off: t("This way of signing in is switched off."),
    refused: t("The identity provider did not sign you in."),
    encrypted: t("The answer of the identity provider could not be decrypted. Your administrator can load our metadata into it again."),
    logout: t("You are signed out here. The identity provider could not confirm that you are signed out there too."),
    often: t("Too many sign-ins from your network. Try again in a few minutes."),
  };
  return sentences[kinds[code] ?? "unreadable"];
}

/** Letters and underscores, or nothing: what an address may bring as a code. */
export function refusalCode(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z_]{1,40}$/.test(value) ? value : undefined;
}
