/** The account of last time, so that it need not be typed again. */
export const storedAccount = "assay.account";

/** An address within this application, or nothing: a link must not send people elsewhere after they sign in. */
export function localAddress(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) && !value.startsWith("/sign-in") ? value : undefined;
}
