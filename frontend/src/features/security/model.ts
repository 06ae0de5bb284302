/** How a session and a secret are shown. Pure. */
import { t } from "@/i18n";

export function methodLabel(method: string): string {
  const labels: Record<string, string> = { password: t("Password"), saml: t("Identity provider"), demo: t("Demo link") };
  return labels[method.toLowerCase()] ?? method;
}

/** Base32 in groups of four, for typing: `ABCD EFGH`. */
export function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

/** An SVG element as the address of an image: nothing of it becomes part of the page. Alone it needs its namespace. */
export function imageAddress(svg: string): string {
  const element = svg.includes("xmlns=") ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(element)}`;
}

/** Why a new password is not sent; null where the server is to judge. */
export function passwordFault(password: string, repeated: string): string | null {
  if (password.length < 12) return t("At least 12 characters.");
  return password === repeated ? null : t("The two are not the same.");
}

/** Recovery codes as a text file. */
export function codesFile(codes: readonly string[]): string {
  return `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
}
