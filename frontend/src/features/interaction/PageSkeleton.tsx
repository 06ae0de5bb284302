import { Skeleton } from "@/components/Skeleton";
import { t } from "@/i18n";

/** The page in its final geometry. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label={t("The interaction is loading")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-15 items-center gap-4 border-b border-line px-5">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-72 max-w-[50%]" />
      </div>
      <div className="flex h-[237px] flex-col gap-3 border-b border-line px-5 py-2">
        <Skeleton className="h-8 w-80 max-w-full" />
        <Skeleton className="h-20 w-full" />
        <Skeleton className="h-16 w-full" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex flex-1 flex-col gap-4 px-5 py-4">
          {["w-11/12", "w-3/4", "w-5/6", "w-2/3", "w-4/5"].map((width) => (
            <Skeleton key={width} className={`h-9 max-w-[600px] ${width}`} />
          ))}
        </div>
        <div className="hidden w-[clamp(420px,41vw,584px)] flex-col gap-3 border-l border-line bg-canvas p-4 lg:flex">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-28 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </div>
    </div>
  );
}
