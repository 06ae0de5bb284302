import type { ReactNode } from "react";
import { buttonClass } from "@/components/button-style";
import { t } from "@/i18n";
import type { AuditRowFragment } from "./__generated__";
import { type Change, readDetail, words } from "./detail";
import { actorName } from "./model";

type Actor = NonNullable<AuditRowFragment["actor"]>;
type Props = { readonly id: string; readonly entry: AuditRowFragment; readonly onActor: (actor: Actor) => void };

/** Everything that was recorded with an entry. */
export function EntryDetail({ id, entry, onActor }: Props) {
  const { facts, changes } = readDetail(entry.detail);
  const { actor } = entry;
  return (
    <div id={id} className="border-t border-line bg-canvas px-4 py-3 md:pr-5 md:pl-[184px]">
      {changes.length > 0 && <Changes changes={changes} />}
      <dl className="grid max-w-2xl grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact name={t("Who")}>{actor ? `${actor.name}, ${actor.email}` : actorName(entry)}</Fact>
        <Fact name={t("Action")}>
          <code className="font-mono text-meta">{entry.action}</code>
        </Fact>
        <Fact name={t("On what")}>{entry.person ? `${entry.person.name}, ${entry.person.email}` : words(entry.objectType)}</Fact>
        <Fact name={t("From where")}>{entry.address ?? t("Unknown")}</Fact>
        {facts.map(({ name, value }) => (
          <Fact key={name} name={name || t("Detail")}>
            {value}
          </Fact>
        ))}
      </dl>
      {actor && (
        <button type="button" className={buttonClass("default", "small", "mt-3")} onClick={() => onActor(actor)}>
          {t("Only what {name} did", { name: actor.name })}
        </button>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3 first-letter:uppercase">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <table className="mb-3 w-full max-w-2xl border-collapse text-left">
      <caption className="sr-only">{t("What changed")}</caption>
      <thead className="text-meta text-ink-3">
        <tr>
          <th className="py-1 pr-4 font-medium">{t("Setting")}</th>
          <th className="py-1 pr-4 font-medium">{t("Before")}</th>
          <th className="py-1 font-medium">{t("After")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.name} className="border-t border-line align-top">
            <th className="py-1.5 pr-4 font-normal first-letter:uppercase">{change.name}</th>
            <td className="figures py-1.5 pr-4 wrap-anywhere text-ink-2">{change.before}</td>
            <td className="figures py-1.5 wrap-anywhere">{change.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
