import { lazy, type ReactNode, Suspense } from "react";
import { useViewer } from "@/lib/viewer";

const NoSeat = lazy(async () => ({ default: (await import("./NoSeat")).NoSeat }));

/** Around pages that show conversations: without a seat they say so, in the place of asking for what the server refuses. */
export function SeatGate({ children }: { readonly children: ReactNode }) {
  if (useViewer().hasSeat) return children;
  return (
    <Suspense>
      <NoSeat />
    </Suspense>
  );
}
