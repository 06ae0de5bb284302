import type { CombinedError } from "@urql/core";
import { t } from "@/i18n";

/** True where the server no longer knows who asks. */
export function isSignedOut(error: CombinedError): boolean {
  const status = (error.response as Response | undefined)?.status;
  return status === 401 || error.graphQLErrors.some((one) => one.extensions.code === "unauthenticated");
}

/** One sentence for people; the server's own where it gave one. */
export function errorMessage(error: CombinedError): string {
  const first = error.graphQLErrors[0];
  if (first) return first.message;
  return t("The server cannot be reached. Check the connection and try again.");
}
