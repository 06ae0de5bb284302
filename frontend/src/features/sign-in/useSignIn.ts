import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useClient, useMutation } from "urql";
import { ViewerDocument } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { writeStored } from "@/lib/theme";
import { SignInDocument } from "./__generated__";
import { storedAccount } from "./model";
import { useCountdown } from "./useCountdown";

export type Input = { readonly account: string; readonly email: string; readonly password: string; readonly code?: string };

/** Credentials first; where the server asks for it, the same again with a code. */
export function useSignIn(next: string) {
  const client = useClient();
  const router = useRouter();
  const [{ fetching }, signIn] = useMutation(SignInDocument);
  const [opening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [tried, setTried] = useState<Input | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const [seconds, countFrom] = useCountdown(() => setRefusal(null));
  const submit = async (input: Input) => {
    setTried(input);
    setRefusal(null);
    if (!input.account || !input.email || !input.password) return;
    const { data, error } = await signIn({ input });
    const answer = data?.signIn;
    if (!answer) return setRefusal(error ? errorMessage(error) : null);
    if (answer.__typename === "SecondFactorNeeded") return setNeedsCode(true);
    if (answer.__typename === "SignInRefused") {
      setRefusal(answer.message);
      return countFrom(answer.retryAfterS ?? 0);
    }
    writeStored(storedAccount, input.account);
    setOpening(true);
    await client.query(ViewerDocument, {}, { requestPolicy: "network-only" }).toPromise();
    router.history.push(next);
  };
  const submitCode = (code: string) => (tried ? submit({ ...tried, code }) : undefined);
  const startAgain = () => [setNeedsCode(false), setRefusal(null), setTried(null)];
  const missing = { account: tried?.account === "", email: tried?.email === "", password: tried?.password === "" };
  return { submit, submitCode, startAgain, needsCode, refusal, seconds, fetching: fetching || opening, missing } as const;
}

export type SignIn = ReturnType<typeof useSignIn>;
