/** The interaction with its words, kept fresh while the pipeline works on it. */
import { useEffect, useRef } from "react";
import { useQuery, useSubscription } from "urql";
import { InteractionDetailDocument, InteractionProgressDocument, InteractionWordsDocument } from "./__generated__";
import { isRunning } from "./model/progress";

export function useInteraction(id: string) {
  const [{ data, error, fetching }, again] = useQuery({
    query: InteractionDetailDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const interaction = data?.interaction?.id === id ? data.interaction : null;
  const missing = Boolean(data && !data.interaction);
  const status = interaction?.progress.status;
  useSubscription({ query: InteractionProgressDocument, variables: { id }, pause: !status || !isRunning(status) });
  useRefetchOnChange(status, () => again({ requestPolicy: "network-only" }));

  const hasText = interaction?.transcript?.segments.texts.some((text) => text !== null) ?? false;
  const [words] = useQuery({ query: InteractionWordsDocument, variables: { id }, pause: !hasText });
  return {
    interaction,
    words: words.data?.interaction?.transcript?.words ?? null,
    missing,
    error: interaction ? undefined : error,
    loading: fetching && !interaction,
    again: () => again({ requestPolicy: "network-only" }),
  };
}

/** Each stage leaves something new: the recording after decoding, the words after transcribing, the figures at the end. */
function useRefetchOnChange(status: string | undefined, refetch: () => void): void {
  const seen = useRef(status);
  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  });
  useEffect(() => {
    if (seen.current && status && seen.current !== status) latest.current();
    seen.current = status;
  }, [status]);
}
