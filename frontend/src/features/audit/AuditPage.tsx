import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { buttonClass } from "@/components/button-style";
import { SetUpIcon } from "@/components/SetUpIcon";
import { t } from "@/i18n";
import { useZone } from "@/lib/viewer";
import { AuditActionsDocument } from "./__generated__";
import { AuditFilters } from "./AuditFilters";
import { AuditRows } from "./AuditRows";
import { type AuditSearch, exportAddress } from "./search";

type Props = { readonly search: AuditSearch; readonly onSearch: (search: AuditSearch) => void };

/** Who saw and changed what, from where: newest first, filtered by the address, more at the end of the page. */
export function AuditPage({ search, onSearch }: Props) {
  const zone = useZone();
  const [actorName, setActorName] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: AuditActionsDocument });
  return (
    <>
      <PageBar title={t("Audit log")}>
        <Export kind="csv" label={t("CSV")} search={search} zone={zone} />
        <Export kind="jsonl" label={t("JSON lines")} search={search} zone={zone} />
      </PageBar>
      <AuditFilters search={search} actions={data?.auditActions ?? []} actorName={actorName} onSearch={onSearch} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Entries key={JSON.stringify(search)} search={search} onSearch={onSearch} onActor={setActorName} />
      </div>
    </>
  );
}

type ExportProps = { readonly kind: "csv" | "jsonl"; readonly label: string; readonly search: AuditSearch; readonly zone: string };

function Export({ kind, label, search, zone }: ExportProps) {
  return (
    <a href={exportAddress(kind, search, zone)} download className={buttonClass()} aria-label={t("Export as {kind}", { kind: label })}>
      <SetUpIcon name="download" />
      {label}
    </a>
  );
}

type EntriesProps = Props & { readonly onActor: (name: string) => void };

/** One table a page of the list; each asks for its own. */
function Entries({ search, onSearch, onActor }: EntriesProps) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return cursors.map((after, index) => (
    <AuditRows
      key={after ?? "first"}
      search={search}
      after={after}
      onActor={({ id, name }) => [onActor(name), onSearch({ ...search, actor: id })]}
      onFirstActor={search.actor ? onActor : undefined}
      onClear={() => onSearch({})}
      onMore={index === cursors.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : undefined}
    />
  ));
}
