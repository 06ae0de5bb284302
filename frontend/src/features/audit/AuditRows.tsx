import { useEffect, useMemo, useState } from "react";
import { useQuery } from "urql";
import { buttonClass } from "@/components/button-style";
import { Icon } from "@/components/Icon";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { AuditLogDocument, type AuditRowFragment } from "./__generated__";
import { EntryDetail } from "./EntryDetail";
import { actorName } from "./model";
import { type AuditSearch, isFiltered, toFilter } from "./search";

type Actor = NonNullable<AuditRowFragment["actor"]>;
type Props = {
  readonly search: AuditSearch;
  readonly after: string | null;
  readonly onActor: (actor: Actor) => void;
  /** Told the name of whoever the list is filtered by, once it is known. */
  readonly onFirstActor: ((name: string) => void) | undefined;
  readonly onClear: () => void;
  /** Only the last page has a way on. */
  readonly onMore: ((cursor: string) => void) | undefined;
};

const pageSize = 50;

export function AuditRows({ search, after, onActor, onFirstActor, onClear, onMore }: Props) {
  const zone = useZone();
  const variables = useMemo(() => ({ filter: toFilter(search, zone), first: pageSize, after }), [search, zone, after]);
  const [{ data, error, fetching }, again] = useQuery({
    query: AuditLogDocument,
    variables,
    requestPolicy: after ? "cache-first" : "cache-and-network",
  });
  const slow = useSlow(fetching && !data);
  const rows = data?.auditLog.edges.map((edge) => edge.node) ?? [];
  const name = rows[0]?.actor?.name;
  useEffect(() => {
    if (name) onFirstActor?.(name);
  }, [name, onFirstActor]);
  if (error && !data) return <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (slow) return <Waiting />;
  if (!data) return null;
  if (rows.length === 0 && !after) return <Nothing filtered={isFiltered(search)} onClear={onClear} />;
  const { hasNextPage, endCursor } = data.auditLog.pageInfo;
  return (
    <>
      <Table rows={rows} first={!after} onActor={onActor} />
      {onMore && hasNextPage && endCursor && (
        <p className="px-4 py-4 md:px-5">
          <button type="button" className={buttonClass()} onClick={() => onMore(endCursor)}>
            {t("Show earlier entries")}
          </button>
        </p>
      )}
    </>
  );
}

const columns = "md:grid md:grid-cols-[148px_160px_minmax(0,1fr)_128px] md:items-start md:gap-x-4";

type TableProps = { readonly rows: readonly AuditRowFragment[]; readonly first: boolean; readonly onActor: (actor: Actor) => void };

function Table({ rows, first, onActor }: TableProps) {
  return (
    <>
      {first && (
        <div
          aria-hidden="true"
          className={`sticky top-0 z-10 hidden h-8 border-b border-line bg-surface px-5 py-2 text-meta font-medium text-ink-2 ${columns}`}
        >
          <span>{t("Time")}</span>
          <span>{t("Who")}</span>
          <span>{t("What they did")}</span>
          <span>{t("From where")}</span>
        </div>
      )}
      <ol aria-label={first ? t("Entries, newest first") : t("Earlier entries")}>
        {rows.map((entry) => (
          <Row key={entry.id} entry={entry} onActor={onActor} />
        ))}
      </ol>
    </>
  );
}

function Row({ entry, onActor }: { readonly entry: AuditRowFragment; readonly onActor: (actor: Actor) => void }) {
  const zone = useZone();
  const [isOpen, setOpen] = useState(false);
  const id = `entry-${entry.id}`;
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        className={`flex min-h-10 w-full flex-col px-4 py-2.5 text-left motion-fade hover:bg-sunken focus-visible:-outline-offset-2 md:px-5 md:py-[9.5px] ${isOpen ? "bg-sunken" : ""} ${columns}`}
      >
        <time dateTime={entry.at} className="figures text-meta leading-5! text-ink-2">
          {dateTime(entry.at, zone)}
        </time>
        <span className="truncate font-medium max-md:order-first">{actorName(entry)}</span>
        <span className="flex min-w-0 items-start gap-1.5">
          <Icon name={isOpen ? "chevron-down" : "chevron-right"} size={14} className="mt-[3px] -ml-1 text-ink-3" />
          <span className="min-w-0 wrap-anywhere">
            {entry.sentence}
            {entry.person && entry.person.id !== entry.actor?.id && (
              <span className="text-ink-2"> {t("About {name}.", { name: entry.person.name })}</span>
            )}
          </span>
        </span>
        <span className="figures truncate text-meta leading-5! text-ink-3 max-md:hidden">{entry.address ?? t("Unknown")}</span>
      </button>
      {isOpen && <EntryDetail id={id} entry={entry} onActor={onActor} />}
    </li>
  );
}

function Nothing({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered)
    return (
      <EmptyState title={t("Nothing has been recorded yet")}>
        {t("Every change, and every look at a conversation, will be listed here.")}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t("No entry matches")}
      action={
        <button type="button" className={buttonClass()} onClick={onClear}>
          {t("Clear filters")}
        </button>
      }
    >
      {t("Nothing in the log has all of what the filters ask for.")}
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className="pt-8">
      {Array.from({ length: 12 }, (_, index) => index).map((index) => (
        <div key={index} className={`h-10 border-b border-line px-5 py-3 ${columns}`}>
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-3.5 w-3/5 max-md:hidden" />
          <Skeleton className="h-3.5 w-24 max-md:hidden" />
          <Skeleton className="h-3.5 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
