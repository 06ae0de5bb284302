import { useState } from "react";
import { useQuery } from "urql";
import { buttonClass } from "@/components/button-style";
import { Chip } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { RevokeTokenDocument, type TokenRowFragment, TokenScopesDocument } from "./__generated__";
import { daysLeft, type Permission, scopeLabel, stateOf } from "./model";

type Props = { readonly tokens: readonly TokenRowFragment[]; readonly showOwner: boolean; readonly onRevoked: () => void };

/** Those that work first; those that no longer do behind a fold. */
export function TokenList({ tokens, showOwner, onRevoked }: Props) {
  const [now] = useState(Date.now);
  const [asked, setAsked] = useState<TokenRowFragment | null>(null);
  const [{ data }] = useQuery({ query: TokenScopesDocument });
  const active = tokens.filter((token) => stateOf(token, now) === "active");
  const ended = tokens.filter((token) => stateOf(token, now) !== "active");
  const row = (token: TokenRowFragment) => (
    <Row
      key={token.id}
      token={token}
      now={now}
      showOwner={showOwner}
      permissions={data?.permissions ?? []}
      onRevoke={() => setAsked(token)}
    />
  );
  return (
    <div className="flex flex-col gap-3">
      {active.length > 0 && <ul className={listClass}>{active.map(row)}</ul>}
      {ended.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer rounded-chip py-1 text-ink-2 hover:text-ink">
            {t("{count, plural, one {# token that no longer works} other {# tokens that no longer work}}", { count: ended.length })}
          </summary>
          <ul className={`${listClass} mt-2`}>{ended.map(row)}</ul>
        </details>
      )}
      {asked && <Revoke token={asked} onClose={() => setAsked(null)} onRevoked={onRevoked} />}
    </div>
  );
}

const listClass = "overflow-hidden rounded-card border border-line";

type RowProps = {
  readonly token: TokenRowFragment;
  readonly now: number;
  readonly showOwner: boolean;
  readonly permissions: readonly Permission[];
  readonly onRevoke: () => void;
};

function Row({ token, now, showOwner, permissions, onRevoke }: RowProps) {
  const zone = useZone();
  const active = stateOf(token, now) === "active";
  const who = showOwner ? (token.owner?.name ?? (token.kind === "SCIM" ? t("Acts for the account") : t("Nobody any more"))) : null;
  const used = token.lastUsedAt ? t("Last used {when}", { when: dateTime(token.lastUsedAt, zone) }) : t("Never used");
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={`min-w-0 truncate font-semibold ${active ? "" : "text-ink-2"}`}>{token.name}</span>
          {token.kind === "SCIM" && <Chip tone="outline">{t("Provisioning")}</Chip>}
          <code className="font-mono text-meta text-ink-3">…{token.hint}</code>
        </p>
        <p className="text-ink-2">
          {who && <>{who} · </>}
          {used}
        </p>
        <p className="text-meta text-ink-3">
          {token.kind === "SCIM" ? t("Users and groups") : token.scopes.map((scope) => scopeLabel(scope, permissions)).join(", ")}
        </p>
      </div>
      <div className="flex items-center gap-3">
        <Ending token={token} now={now} />
        {active && (
          <button
            type="button"
            className={buttonClass("danger", "small")}
            aria-label={t("Revoke {name}", { name: token.name })}
            onClick={onRevoke}
          >
            {t("Revoke")}
          </button>
        )}
      </div>
    </li>
  );
}

function Ending({ token, now }: { readonly token: TokenRowFragment; readonly now: number }) {
  const zone = useZone();
  const state = stateOf(token, now);
  if (state === "revoked")
    return <span className="text-meta text-ink-2">{t("Revoked {when}", { when: dateTime(token.revokedAt ?? "", zone) })}</span>;
  const when = dateTime(token.expiresAt, zone);
  if (state === "expired") return <span className="text-meta text-ink-2">{t("Expired {when}", { when })}</span>;
  const days = daysLeft(token, now);
  return (
    <span className={`figures text-meta ${days < 14 ? "font-medium text-critical-ink" : "text-ink-2"}`} title={when}>
      {t("{days, plural, =0 {Expires within a day} one {Expires in # day} other {Expires in # days}}", { days })}
    </span>
  );
}

type RevokeProps = { readonly token: TokenRowFragment; readonly onClose: () => void; readonly onRevoked: () => void };

function Revoke({ token, onClose, onRevoked }: RevokeProps) {
  const { run, refusal } = useAction(RevokeTokenDocument);
  const confirm = async () => {
    if (!(await run({ id: token.id }))) return;
    toast(t("{name} no longer works.", { name: token.name }));
    onRevoked();
    onClose();
  };
  return (
    <Confirm
      title={t("Revoke {name}?", { name: token.name })}
      isOpen
      onClose={onClose}
      verb={t("Revoke")}
      refusal={refusal?.message ?? null}
      onConfirm={confirm}
    >
      {t("Programs that use it are refused from their next request on. It cannot be undone; a new token can be made at any time.")}
    </Confirm>
  );
}
