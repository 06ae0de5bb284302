import { Sheet } from "@/components/Dialog";
import type { Figure } from "./__generated__";
import { EvidenceOf } from "./EvidenceOf";

type SheetProps = { readonly of: Figure; readonly name: string; readonly isOpen: boolean; readonly onClose: () => void };

/** The evidence on a phone: it goes when a passage is visited, which lies below it. */
export function EvidenceSheet({ of, name, isOpen, onClose }: SheetProps) {
  return (
    <Sheet title={name} isOpen={isOpen} onClose={onClose}>
      <EvidenceOf of={of} onVisit={onClose} />
    </Sheet>
  );
}
