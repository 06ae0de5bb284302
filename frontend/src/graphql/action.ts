/** A mutation as a form sees it: run it, and hear either what came of it or why it was refused. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useRef, useState } from "react";
import { type AnyVariables, useMutation } from "urql";
import { errorMessage } from "./errors";

export type Refusal = {
  readonly code: string;
  readonly message: string;
  /** Into the arguments, e.g. `/input/name`, where one of them is to blame. */
  readonly pointer?: string | null;
};

export type Payload<Data> = Extract<Data[keyof Data], { readonly __typename: `${string}Payload` }>;

type Answer = { readonly __typename: string } & Refusal;

/**
 * One call at a time: a second one before the answer is a slip of the hand and does nothing. So a form's button need not be disabled while it
 * works, which would take the focus from it and the keyboard from its dialog.
 */
export function useAction<Data extends object, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>) {
  const [{ fetching }, execute] = useMutation<Data, Variables>(document);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const working = useRef(false);
  const run = async (variables: Variables): Promise<Payload<Data> | null> => {
    if (working.current) return null;
    working.current = true;
    setRefusal(null);
    const { data, error } = await execute(variables);
    working.current = false;
    const answer = data && (Object.values(data).find((value) => typeof value === "object") as Answer | undefined);
    if (answer?.__typename.endsWith("Payload")) return answer as unknown as Payload<Data>;
    setRefusal(answer ?? { code: "failed", message: error ? errorMessage(error) : "" });
    return null;
  };
  return { run, busy: fetching, refusal, clear: () => setRefusal(null) } as const;
}

/** The refusal's sentence where it is about this argument, for the field that holds it. */
export function about(refusal: Refusal | null, pointer: string): string | undefined {
  return refusal?.pointer === pointer ? refusal.message : undefined;
}

/** The sentence for the form as a whole: of a refusal that none of its fields shows. */
export function general(refusal: Refusal | null, shown: readonly string[] = []): string | null {
  if (!refusal || (refusal.pointer && shown.includes(refusal.pointer))) return null;
  return refusal.message;
}
