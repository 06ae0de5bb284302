/** The ordered rules of one source as they are edited. Pure. */
import { t } from "@/i18n";
import type { MappingOp, MappingRuleInput, MappingTarget, RuleFieldsFragment } from "../__generated__";

export type RuleDraft = {
  /** Stable while the page is open, for rows that move. */
  readonly key: string;
  readonly target: MappingTarget;
  readonly attribute: string;
  readonly op: MappingOp;
  readonly value: string;
  readonly gives: readonly string[];
  /** A match blocks: nothing is given, whatever follows. */
  readonly none: boolean;
};

export const targets: readonly MappingTarget[] = ["LICENCE", "ROLE", "TEAM"];

export function draftsOf(rules: readonly RuleFieldsFragment[]): RuleDraft[] {
  return ordered([...rules].sort((one, other) => one.place - other.place)).map(({ id, target, attribute, op, value, gives, none }) => ({
    key: id,
    target,
    attribute,
    op,
    value,
    gives,
    none,
  }));
}

/** By target, each target in its own order. */
function ordered<Rule extends { readonly target: MappingTarget }>(rules: readonly Rule[]): Rule[] {
  return targets.flatMap((target) => rules.filter((rule) => rule.target === target));
}

export function inputOf(drafts: readonly RuleDraft[]): MappingRuleInput[] {
  return ordered(drafts).map(({ key: _key, ...rule }) => ({
    ...rule,
    attribute: rule.attribute.trim(),
    value: rule.value.trim(),
    gives: rule.none ? [] : rule.gives,
  }));
}

export function sameRules(one: readonly RuleDraft[], other: readonly RuleDraft[]): boolean {
  return JSON.stringify(inputOf(one)) === JSON.stringify(inputOf(other));
}

/** The rule put at another place among those of its target; past an end it stays at the end. */
export function moveTo(drafts: readonly RuleDraft[], key: string, place: number): RuleDraft[] {
  const moved = drafts.find((draft) => draft.key === key);
  if (!moved) return [...drafts];
  const others = drafts.filter((draft) => draft.target === moved.target && draft.key !== key);
  const at = Math.max(0, Math.min(place, others.length));
  const group = [...others.slice(0, at), moved, ...others.slice(at)];
  return ordered([...drafts.filter((draft) => draft.target !== moved.target), ...group]);
}

export function placeOf(drafts: readonly RuleDraft[], key: string): number {
  const target = drafts.find((draft) => draft.key === key)?.target;
  return drafts.filter((draft) => draft.target === target).findIndex((draft) => draft.key === key);
}

/** An empty rule at the end of its target, with the attribute of the one before: groups usually come in one. */
export function added(drafts: readonly RuleDraft[], target: MappingTarget, key: string, attribute: string): RuleDraft[] {
  const last = drafts.findLast((draft) => draft.target === target) ?? drafts.at(-1);
  const rule: RuleDraft = { key, target, attribute: last?.attribute ?? attribute, op: "EXACT", value: "", gives: [], none: false };
  return ordered([...drafts, rule]);
}

export type RulePart = "attribute" | "value" | "gives";

/** What is missing in a rule, by part. */
export function faultsOf(draft: RuleDraft): Partial<Record<RulePart, string>> {
  return {
    ...(draft.attribute.trim() ? {} : { attribute: t("Name the attribute.") }),
    ...(draft.value.trim() ? {} : { value: t("Say which value.") }),
    ...(draft.none || draft.gives.length > 0 ? {} : { gives: t("Choose what a match gives.") }),
  };
}

/** What a rule gives that there is not any more; empty while it is not known what there is. */
export function lostIn(draft: Pick<RuleDraft, "gives" | "none">, known: readonly { readonly value: string }[] | undefined): string[] {
  if (!known || draft.none) return [];
  return draft.gives.filter((value) => !known.some((one) => one.value === value));
}

/** A team is made with its first person; a licence or role that is gone leaves the rule without effect. */
export function lostSentence(target: MappingTarget, lost: readonly string[]): string {
  const values = { name: lost.join(", "), count: lost.length };
  if (target === "TEAM") return t("There is no team {name}: it is made when the first person is put into it.", values);
  if (target === "LICENCE") return t("Broken: the licence {name} is gone, and no seat is given. Choose another.", values);
  return t(
    "Broken: {count, plural, one {the role {name} is gone, and is} other {the roles {name} are gone, and are}} not given. Choose again.",
    values,
  );
}

/** `/input/rules/3/value` → which rule and which part the server refused. */
export function refused(
  drafts: readonly RuleDraft[],
  pointer: string | null | undefined,
): { readonly key: string; readonly part: RulePart } | null {
  const [, index, name] = /^\/input\/rules\/(\d+)(?:\/(\w+))?/.exec(pointer ?? "") ?? [];
  const draft = index === undefined ? undefined : ordered(drafts)[Number(index)];
  if (!draft) return null;
  return { key: draft.key, part: name === "attribute" || name === "value" ? name : "gives" };
}

/** “department contains “Billing” → Supervisor”, for lists that only show. */
export function ruleSentence(rule: Pick<RuleDraft, "attribute" | "op" | "value" | "gives" | "none">): string {
  const values = { attribute: rule.attribute, value: rule.value, gives: rule.none ? t("nothing") : rule.gives.join(", ") };
  return rule.op === "EXACT" ? t("{attribute} is “{value}” → {gives}", values) : t("{attribute} contains “{value}” → {gives}", values);
}
