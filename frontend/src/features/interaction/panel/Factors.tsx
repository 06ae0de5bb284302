import { t } from "@/i18n";
import { number, percent, signed } from "@/lib/format";
import type { Figure } from "./__generated__";
import type { Evidence } from "./EvidenceOf";

type Factor = Evidence["factors"][number];
type FactorsProps = { readonly of: Figure; readonly factors: readonly Factor[] };

/** The parts that a score is put together from, and what each gave: of sentiment, how far it moved the score from 50. */
export function Factors({ of, factors }: FactorsProps) {
  if (factors.length === 0) return null;
  const moved = of === "SENTIMENT_SCORE";
  const most = Math.max(...factors.map((factor) => (moved ? Math.abs(factor.points) : 100 * factor.weight)), 1);
  return (
    <table aria-label={t("What it is made of")} className="figures w-full border-separate border-spacing-0 text-meta">
      <tbody>
        {factors.map((factor) => (
          <tr key={factor.name}>
            <th scope="row" className="w-26 py-0.5 text-left font-medium">
              {factorName(factor.name)}
            </th>
            <td className="w-24 py-0.5 pr-2">
              <Bar value={factor.points / most} signed={moved} />
            </td>
            <td className="py-0.5 pr-2 text-right font-semibold whitespace-nowrap">
              {moved
                ? signed(factor.points)
                : t("{points} of {most}", { points: number(factor.points, 1), most: number(100 * factor.weight) })}
            </td>
            <td className="py-0.5 text-ink-2">
              {moved ? t("{share} of the weight, {note}", { share: percent(100 * factor.weight), note: factor.note }) : factor.note}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ value, signed: both }: { readonly value: number; readonly signed: boolean }) {
  const width = `${Math.min(1, Math.abs(value)) * (both ? 50 : 100)}%`;
  const fill = both ? (value < 0 ? "bg-negative" : "bg-positive") : "bg-ink-2";
  const left = both ? (value < 0 ? `calc(50% - ${width})` : "50%") : "0";
  return (
    <span aria-hidden="true" className="relative block h-1 rounded-full bg-line-2">
      <span className={`absolute inset-y-0 rounded-full ${fill}`} style={{ left, width }} />
      {both && <span className="absolute -inset-y-0.5 left-1/2 w-px bg-line-3" />}
    </span>
  );
}

function factorName(name: string): string {
  const names: Record<string, string> = {
    balance: t("Balance"),
    responsiveness: t("Response"),
    interactivity: t("Interaction"),
    consumer: t("Consumer"),
    agent: t("Agent"),
  };
  return names[name] ?? name;
}
