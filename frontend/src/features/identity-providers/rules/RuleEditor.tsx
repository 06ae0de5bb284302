import { useId, useRef, useState } from "react";
import { buttonClass } from "@/components/button-style";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { Section } from "@/components/Section";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import {
  DryRunScimRulesDocument,
  type ForeseenFieldsFragment,
  type MappingTarget,
  type RuleFieldsFragment,
  SaveMappingRulesDocument,
} from "../__generated__";
import { ForeseenDialog } from "./ForeseenDialog";
import { added, draftsOf, faultsOf, inputOf, moveTo, placeOf, type RuleDraft, refused, sameRules, targets } from "./model";
import { RuleRow } from "./RuleRow";
import { useChoices } from "./useChoices";

type Props = {
  /** Null for provisioning, which has no provider. */
  readonly providerId: string | null;
  readonly rules: readonly RuleFieldsFragment[];
  /** Attribute names that the source usually sends. */
  readonly attributes: readonly string[];
  readonly onSaved: () => void;
};

/** The ordered rules of one source: the first that matches decides, for each of licence, role and team by itself. */
export function RuleEditor({ providerId, rules, attributes, onSaved }: Props) {
  const saved = draftsOf(rules);
  const [drafts, setDrafts] = useState<readonly RuleDraft[]>(saved);
  const [strict, setStrict] = useState(false);
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<string | null>(null);
  const [foreseen, setForeseen] = useState<ForeseenFieldsFragment | null>(null);
  const saving = useAction(SaveMappingRulesDocument);
  const trying = useAction(DryRunScimRulesDocument);
  const refusal = trying.refusal ?? saving.refusal;
  const busy = trying.busy || saving.busy;
  const attributesId = useId();
  const nextKey = useRef(1);
  const choices = useChoices();
  const fault = refused(drafts, refusal?.pointer);

  const change = (next: readonly RuleDraft[]) => [setDrafts(next), saving.clear(), trying.clear()];
  const move = (key: string, place: number) => {
    const next = moveTo(drafts, key, place);
    change(next);
    setSaid(t("Now rule {place}.", { place: placeOf(next, key) + 1 }));
  };
  const add = (target: MappingTarget) => change(added(drafts, target, `new-${nextKey.current++}`, attributes[0] ?? ""));
  const save = async () => {
    const answer = await saving.run({ input: { providerId, rules: inputOf(drafts) } });
    if (!answer) return;
    setDrafts(draftsOf(answer.rules));
    setStrict(false);
    setForeseen(null);
    toast(providerId ? t("Rules saved. They apply from the next sign-in on.") : t("Rules saved. Everybody is decided again."));
    onSaved();
  };
  const begin = async () => {
    setStrict(true);
    if (!changed || drafts.some((draft) => Object.keys(faultsOf(draft)).length > 0)) return;
    if (providerId) return save();
    const answer = await trying.run({ input: { rules: inputOf(drafts) } });
    if (answer) setForeseen(answer.foreseen);
  };
  const changed = !sameRules(drafts, saved);

  const group = (target: MappingTarget) => drafts.filter((draft) => draft.target === target);
  const row = (draft: RuleDraft, place: number, all: readonly RuleDraft[]) => (
    <RuleRow
      key={draft.key}
      draft={draft}
      place={place}
      count={all.length}
      choices={choices[draft.target]}
      strict={strict}
      refusal={fault?.key === draft.key && refusal ? { part: fault.part, message: refusal.message } : null}
      attributesId={attributesId}
      onChange={(part) => change(drafts.map((one) => (one.key === draft.key ? { ...one, ...part } : one)))}
      onMove={(to) => move(draft.key, to)}
      onRemove={() => change(drafts.filter((one) => one.key !== draft.key))}
      dragged={dragged === draft.key}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", draft.key);
        setDragged(draft.key);
      }}
      onDragEnter={() =>
        dragged && dragged !== draft.key && group(draft.target).some((one) => one.key === dragged) && change(moveTo(drafts, dragged, place))
      }
      onDragEnd={() => setDragged(null)}
    />
  );
  return (
    <div className="flex min-h-full max-w-6xl flex-col">
      <datalist id={attributesId}>
        {attributes.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {targets.map((target) => (
        <Section
          key={target}
          wide
          title={targetLabel(target)}
          hint={targetHint(target)}
          action={
            <button type="button" className={buttonClass()} onClick={() => add(target)}>
              <Icon name="plus" />
              {t("Add a rule")}
            </button>
          }
        >
          {group(target).length > 0 ? (
            <ol className="overflow-hidden rounded-card border border-line">{group(target).map(row)}</ol>
          ) : (
            <p className="py-1 text-ink-2">{emptyLabel(target)}</p>
          )}
        </Section>
      ))}
      <p role="status" className="sr-only">
        {said}
      </p>
      <footer className="sticky bottom-0 mt-auto flex flex-wrap items-center justify-end gap-3 border-t border-line bg-nav px-4 py-2.5 md:px-5">
        {refusal && !fault ? (
          <Notice tone="critical" className="min-w-60 flex-1">
            {refusal.message}
          </Notice>
        ) : (
          <p className="min-w-40 flex-1 text-meta text-ink-3">
            {providerId
              ? t("Rules decide when a person signs in the next time; until then everybody keeps what they have.")
              : t("You see what changes before it is saved; then everybody in the directory is decided again, in the background.")}{" "}
            <span className="touch:hidden">{t("Alt with ↑ or ↓ moves the rule that you are in.")}</span>
          </p>
        )}
        <button type="button" className={buttonClass()} disabled={!changed} onClick={() => [change(saved), setStrict(false)]}>
          {t("Discard")}
        </button>
        <button type="button" className={buttonClass("primary")} disabled={!changed} aria-disabled={busy || undefined} onClick={begin}>
          {providerId ? t("Save rules") : t("See what changes …")}
        </button>
      </footer>
      {foreseen && (
        <ForeseenDialog
          foreseen={foreseen}
          refusal={saving.refusal?.message ?? null}
          busy={saving.busy}
          onSave={save}
          onClose={() => setForeseen(null)}
        />
      )}
    </div>
  );
}

export function targetLabel(target: MappingTarget): string {
  const labels: Record<MappingTarget, string> = { LICENCE: t("Seat"), ROLE: t("Roles"), TEAM: t("Team") };
  return labels[target];
}

function targetHint(target: MappingTarget): string {
  const hints: Record<MappingTarget, string> = {
    LICENCE: t(
      "The first rule that matches decides. Where none matches, a seat that came this way is taken back; one given by hand stays.",
    ),
    ROLE: t("The first rule that matches decides. It replaces roles that came this way; those given by hand stay."),
    TEAM: t("The first rule that matches decides which team the agent is in."),
  };
  return hints[target];
}

function emptyLabel(target: MappingTarget): string {
  const labels: Record<MappingTarget, string> = {
    LICENCE: t("No rule: people who sign in this way get no seat by it, and keep what they have."),
    ROLE: t("No rule: roles stay as they are. A person given a seat without a role is an Agent."),
    TEAM: t("No rule: teams stay as they are."),
  };
  return labels[target];
}
