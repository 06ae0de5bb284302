import { type ReactNode, useState } from "react";
import type { CombinedError } from "urql";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import type { ApiTokenKind, TokenRowFragment } from "./__generated__";
import { CreateToken } from "./CreateToken";
import { TokenList } from "./TokenList";

type Props = {
  readonly tokens: readonly TokenRowFragment[] | undefined;
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  readonly again: () => void;
  readonly showOwner: boolean;
  readonly empty: ReactNode;
};

/** A list of tokens in each of its states. */
export function TokensPanel({ tokens, fetching, error, again, showOwner, empty }: Props) {
  const slow = useSlow(fetching && !tokens);
  if (error && !tokens) return <ErrorPanel message={errorMessage(error)} onRetry={again} />;
  if (slow) return <Skeleton className="h-32 w-full rounded-card" />;
  if (!tokens) return null;
  if (tokens.length === 0) return <p className="py-1 text-ink-2">{empty}</p>;
  return <TokenList tokens={tokens} showOwner={showOwner} onRevoked={again} />;
}

/** The button and its dialog. */
export function NewToken({
  kind,
  primary = false,
  onCreated,
}: {
  readonly kind: ApiTokenKind;
  readonly primary?: boolean;
  readonly onCreated: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant={primary ? "primary" : "default"} onPress={() => setOpen(true)}>
        <Icon name="plus" />
        {t("New token")}
      </Button>
      {isOpen && <CreateToken kind={kind} isOpen onClose={() => setOpen(false)} onCreated={onCreated} />}
    </>
  );
}
