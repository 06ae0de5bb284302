import type { ReactNode } from "react";
import type { TurnRow } from "../model/rows";

/** The transcript in English, where the reader asked for it: alone, or below the original. `line` is null where nothing is known. */
export type English = { readonly both: boolean; readonly line: (row: TurnRow) => ReactNode | null };
