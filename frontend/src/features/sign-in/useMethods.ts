import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { SignInMethodsDocument, type SignInMethodsQuery } from "./__generated__";

export type Methods = SignInMethodsQuery["signInMethods"];
export type Provider = Methods["providers"][number];

/** Until the account is known, or where it cannot be asked: a password, which the server judges. */
export const byPassword: Methods = { password: true, providers: [] };

/** How people of this account sign in; asked once its name stands still. */
export function useMethods(account: string): Methods {
  const [settled, setSettled] = useState(account.trim());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(account.trim()), 400);
    return () => clearTimeout(timer);
  }, [account]);
  const [{ data }] = useQuery({ query: SignInMethodsDocument, variables: { account: settled }, pause: settled === "" });
  return settled === account.trim() && settled !== "" ? (data?.signInMethods ?? byPassword) : byPassword;
}

/** Where signing in through a provider begins, and where it is to end. */
export function providerAddress(provider: Pick<Provider, "url">, next: string): string {
  return `${provider.url}?${new URLSearchParams({ return_to: next })}`;
}
