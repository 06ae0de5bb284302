import { buttonClass } from "@/components/button-style";
import { EmptyState } from "@/components/Panel";
import { Skeleton } from "@/components/Skeleton";
import { t } from "@/i18n";

export function NoUsers({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered)
    return (
      <EmptyState title={t("Nobody here")}>
        {t("This page of the list has become empty. Add a user, or go back to the first page.")}
      </EmptyState>
    );
  const clear = (
    <button type="button" className={buttonClass()} onClick={onClear}>
      {t("Clear filters")}
    </button>
  );
  return (
    <EmptyState title={t("Nobody matches")} action={clear}>
      {t("No person has all of what the filters ask for.")}
    </EmptyState>
  );
}

const rows = Array.from({ length: 14 }, (_, index) => index);

export function UserSkeletons() {
  return (
    <div aria-hidden="true">
      <div className="h-8 border-b border-line" />
      {rows.map((row) => (
        <div key={row} className="flex h-[73px] md:h-[49px] items-center gap-3 border-b border-line px-4 md:px-5">
          <Skeleton className="size-6 rounded-full!" />
          <div className="flex w-1/3 flex-col gap-1.5">
            <Skeleton className="h-3 w-32" />
            <Skeleton className="h-2.5 w-44 max-w-full" />
          </div>
          <Skeleton className="h-3 w-32 max-md:hidden" />
          <Skeleton className="ml-16 h-4 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}

/** The geometry of one person's page. */
export function UserSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col">
      {rows.slice(0, 4).map((row) => (
        <div key={row} className="grid gap-x-10 gap-y-4 border-b border-line px-4 py-6 md:px-5 lg:grid-cols-[240px_minmax(0,1fr)]">
          <div className="flex flex-col gap-2">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-3 w-48" />
          </div>
          <Skeleton className="h-24 w-full max-w-xl rounded-card!" />
        </div>
      ))}
    </div>
  );
}
