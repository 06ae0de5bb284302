import { useEffect, useMemo, useState } from "react";
import { useClient } from "urql";
import { errorMessage } from "@/graphql/errors";
import { TopicPreviewDocument, type TopicPreviewInput } from "./__generated__";
import type { Preview } from "./model";

const settleMs = 900;
const mostAsked = 60;

export type Trying = {
  readonly preview: Preview | null;
  readonly busy: boolean;
  readonly error: string | null;
  readonly again: () => void;
};

/**
 * What the sentences find, once they have not changed for a moment. The server answers within seconds with what it has tried; it is asked on
 * until all is tried, or the sentences change. What was found last stays in sight meanwhile.
 */
export function usePreview(input: TopicPreviewInput | null): Trying {
  const client = useClient();
  const [state, setState] = useState<Omit<Trying, "again">>({ preview: null, busy: false, error: null });
  const [round, setRound] = useState(0);
  const asked = input ? JSON.stringify(input) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same again.
  useEffect(() => {
    if (!asked) return setState({ preview: null, busy: false, error: null });
    let on = true;
    const variables = { input: JSON.parse(asked) as TopicPreviewInput };
    const ask = async () => {
      for (let count = 0; on && count < mostAsked; count += 1) {
        const { data, error } = await client.query(TopicPreviewDocument, variables, { requestPolicy: "network-only" }).toPromise();
        if (!on) return;
        const preview = data?.topicPreview;
        if (!preview) return setState((last) => ({ ...last, busy: false, error: error ? errorMessage(error) : null }));
        setState({ preview, busy: !preview.complete, error: null });
        if (preview.complete) return;
      }
    };
    setState((last) => ({ ...last, busy: true, error: null }));
    const timer = setTimeout(ask, settleMs);
    return () => {
      on = false;
      clearTimeout(timer);
    };
  }, [asked, client, round]);
  return useMemo(() => ({ ...state, again: () => setRound((last) => last + 1) }), [state]);
}
