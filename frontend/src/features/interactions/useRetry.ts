import { useState } from "react";
import { useMutation } from "urql";
import { toast } from "@/components/Toast";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { RetryAnalysisDocument } from "./__generated__";

/** Starts the analysis again; a refusal stays beside the button. */
export function useRetry(id: string) {
  const [{ fetching }, run] = useMutation(RetryAnalysisDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const retry = async () => {
    const { data, error } = await run({ id });
    const result = data?.retryAnalysis;
    if (error) setRefusal(errorMessage(error));
    else if (result && result.__typename !== "RetryAnalysisPayload") setRefusal(result.message);
    else toast(t("The analysis has been started again."));
  };
  return { retry, fetching, refusal };
}
