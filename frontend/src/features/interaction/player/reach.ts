import type { CSSProperties } from "react";
import { type Box, reach } from "../model/cluster";

/** On what is drawn smaller than a finger: the target that reaches beyond it, 44 px high, as wide as `reachStyles` says. */
export const reachClass =
  "relative touch:after:absolute touch:after:top-1/2 touch:after:right-(--reach-right) touch:after:left-(--reach-left) touch:after:h-11 touch:after:-translate-y-1/2";

/** For each box of a row the variables of `reachClass`. */
export function reachStyles(boxes: readonly Box[]): readonly CSSProperties[] {
  return reach(boxes).map(({ left, right }) => ({ "--reach-left": `${-left}px`, "--reach-right": `${-right}px` }) as CSSProperties);
}
