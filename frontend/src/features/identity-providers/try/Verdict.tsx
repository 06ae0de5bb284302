import { Chip } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import type { DryRunFieldsFragment } from "../__generated__";
import { ruleSentence, targets } from "../rules/model";
import { targetLabel } from "../rules/RuleEditor";

type Props = {
  readonly run: DryRunFieldsFragment;
  /** What acceptance means for the one whom it names. */
  readonly accept: (subject: string) => string;
};

/** What would have happened: the verdict first, then each check, what was said of the person, each rule, and each change. */
export function Verdict({ run, accept }: Props) {
  const accepted = run.verdict === "ACCEPTED";
  return (
    <section aria-label={t("Verdict")} className="flex max-w-4xl flex-col gap-5">
      <div
        role="status"
        className={`flex items-start gap-2.5 rounded-card px-4 py-3 ${accepted ? "bg-positive-soft text-positive" : "bg-critical-soft text-critical-ink"}`}
      >
        <Icon name={accepted ? "check" : "alert"} size={18} className="mt-0.5" />
        <div>
          <p className="text-title font-semibold">{accepted ? t("Accepted") : t("Refused")}</p>
          <p>{run.reason ?? (run.subject ? accept(run.subject) : "")}</p>
        </div>
      </div>
      <Checks checks={run.checks} />
      {accepted && <Changes changes={run.changes} />}
      <Rules rules={run.rules} />
      <Attributes attributes={run.attributes} />
    </section>
  );
}

const heading = "mb-2 font-semibold";

function Checks({ checks }: { readonly checks: DryRunFieldsFragment["checks"] }) {
  if (checks.length === 0) return null;
  return (
    <div>
      <h3 className={heading}>{t("Checks")}</h3>
      <ul className="flex flex-col gap-1">
        {checks.map((check) => (
          <li key={check.sentence} className="flex gap-2">
            <Icon name={check.holds ? "check" : "close"} className={`mt-0.5 ${check.holds ? "text-positive" : "text-critical"}`} />
            <span className={check.holds ? "text-ink-2" : "font-medium"}>
              <span className="sr-only">{check.holds ? t("Holds:") : t("Fails:")} </span>
              {check.sentence}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({ changes }: { readonly changes: readonly string[] }) {
  return (
    <div>
      <h3 className={heading}>{t("What would change")}</h3>
      {changes.length === 0 ? (
        <p className="text-ink-2">{t("Nothing: everything is already as the rules say.")}</p>
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-5 marker:text-ink-3">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Rules({ rules }: { readonly rules: DryRunFieldsFragment["rules"] }) {
  if (rules.length === 0) return null;
  return (
    <div>
      <h3 className={heading}>{t("Rules, in their order")}</h3>
      {targets.map((target) => {
        const traced = rules.filter((trace) => trace.target === target);
        if (traced.length === 0) return null;
        return (
          <div key={target} className="mb-3">
            <h4 className="mb-1 text-meta font-medium text-ink-3">{targetLabel(target)}</h4>
            <ol className="overflow-hidden rounded-card border border-line">
              {traced.map((trace, place) => (
                <li
                  key={trace.rule.id}
                  className={`grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2 border-b border-line px-3 py-2 last:border-0 ${trace.decided ? "bg-accent-soft" : ""}`}
                >
                  <span className="figures text-meta leading-5 text-ink-3">{place + 1}</span>
                  <span>
                    <span className={`block wrap-anywhere ${trace.decided ? "font-medium" : ""}`}>{ruleSentence(trace.rule)}</span>
                    <span className="block text-meta text-ink-2">{trace.why}</span>
                  </span>
                  {trace.decided ? <Chip tone="accent">{t("Decided")}</Chip> : trace.matched && <Chip>{t("Matches too")}</Chip>}
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </div>
  );
}

function Attributes({ attributes }: { readonly attributes: DryRunFieldsFragment["attributes"] }) {
  if (attributes.length === 0) return null;
  return (
    <div>
      <h3 className={heading}>{t("What was said of the person")}</h3>
      <dl className="overflow-hidden rounded-card border border-line">
        {attributes.map((attribute) => (
          <div
            key={attribute.name}
            className="grid gap-x-4 border-b border-line px-3 py-2 last:border-0 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt className="font-mono text-meta leading-5 wrap-anywhere text-ink-2">{attribute.name}</dt>
            <dd className="wrap-anywhere">{attribute.values.join(", ") || "–"}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
