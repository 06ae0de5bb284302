import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { clock } from "@/lib/format";
import { useConversation } from "../conversation";
import { looks } from "../kinds";
import { type Group, groupsOf, type Highlight, type Kind } from "../model/highlights";
import { reasonFor, sentence } from "../model/skipped";
import { Card, Count, Missing } from "./Card";
import { How } from "./How";

/** More than this opens on request, so that the tab stays short. */
const atFirst = 4;

export function CallOuts() {
  const { model, interaction } = useConversation();
  const groups = groupsOf(model.highlights, "indicator");
  const count = model.counts.indicator;
  return (
    <Card
      title={t("Call outs")}
      note={
        <>
          {count > 0 && t("{count, plural, one {# mention} other {# mentions}}", { count })}
          <How of="CALL_OUTS" />
        </>
      }
    >
      {groups.length > 0 ? (
        <>
          <Groups kind="indicator" groups={groups} />
          <Caution feature="mentions" />
        </>
      ) : (
        <Missing
          skipped={reasonFor(interaction.analysis?.skipped ?? [], "mentions", "indicators")}
          fallback={t("No indicator was noted.")}
        />
      )}
    </Card>
  );
}

export function TopicHighlights() {
  const { model, interaction } = useConversation();
  const topics = interaction.analysis?.topics ?? [];
  const count = model.counts.topic;
  const strength = (name: string) => topics.find((topic) => topic.name === name)?.score ?? 0;
  return (
    <Card
      title={t("Topic highlights")}
      note={
        <>
          {count > 0 && t("{count, plural, one {# passage} other {# passages}}", { count })}
          <How of="TOPICS" />
        </>
      }
    >
      {count > 0 ? (
        <>
          <Groups kind="topic" groups={groupsOf(model.highlights, "topic")} strength={strength} />
          <Caution feature="topics" />
        </>
      ) : (
        <Missing skipped={reasonFor(interaction.analysis?.skipped ?? [], "topics")} fallback={t("No topic was recognised.")} />
      )}
    </Card>
  );
}

type GroupsProps = { readonly kind: Kind; readonly groups: readonly Group[]; readonly strength?: (name: string) => number };

function Groups({ kind, groups, strength }: GroupsProps) {
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className="-mx-1.5 flex flex-col">
        {groups.slice(0, all ? undefined : atFirst).map((group) => (
          <GroupRow key={group.name} kind={kind} group={group} strength={strength?.(group.name)} />
        ))}
      </ul>
      <More hidden={groups.length - atFirst} all={all} onAll={setAll} />
    </>
  );
}

/** A press goes to the first passage; the arrows that appear go through them. */
function GroupRow({ kind, group, strength }: { readonly kind: Kind; readonly group: Group; readonly strength: number | undefined }) {
  const { focus, visitGroup } = useConversation();
  const on = focus?.kind === kind && focus.group === group.name;
  const { glyph, ink, tint } = looks[kind];
  return (
    <li className={`flex items-center rounded-chip ${on ? tint : "hover:bg-sunken"}`}>
      <button
        type="button"
        aria-pressed={on}
        onClick={() => visitGroup(on ? null : { kind, group: group.name })}
        className="flex h-6 min-w-0 flex-1 items-center gap-2 rounded-chip px-1.5 text-left touch:h-11"
      >
        <span aria-hidden="true" className={`w-3.5 text-center text-axis ${ink}`}>
          {glyph}
        </span>
        <span className="min-w-0 flex-1 truncate">{group.name}</span>
        {strength !== undefined && !on && <Strength value={strength} />}
        {!on && <span className="figures w-5 text-right font-semibold">{group.items.length}</span>}
      </button>
      {on && <Steps items={group.items} />}
    </li>
  );
}

function Steps({ items }: { readonly items: readonly Highlight[] }) {
  const { activeId, stepHighlight } = useConversation();
  const at = items.findIndex((one) => one.id === activeId);
  return (
    <span className="figures flex items-center pr-1 text-meta">
      <IconButton small label={t("Previous passage")} onPress={() => stepHighlight(-1)} className="size-6!">
        <Icon name="arrow-up" size={13} />
      </IconButton>
      <span role="status">{t("{at} of {total}", { at: Math.max(0, at) + 1, total: items.length })}</span>
      <IconButton small label={t("Next passage")} onPress={() => stepHighlight(1)} className="size-6!">
        <Icon name="arrow-down" size={13} />
      </IconButton>
    </span>
  );
}

function Strength({ value }: { readonly value: number }) {
  return (
    <span
      className="relative h-1 w-12 rounded-full bg-line-2"
      title={t("Strength of the best match: {value}", { value: value.toFixed(2) })}
    >
      <span className="absolute inset-y-0 left-0 rounded-full bg-topic" style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }} />
    </span>
  );
}

export function NextSteps() {
  return <Passages kind="step" title={t("Next steps")} none={t("No next step was found.")} feature="next_steps" />;
}

export function GoodQuestions() {
  return <Passages kind="question" title={t("Good questions")} none={t("No good question was found.")} feature="good_questions" />;
}

type PassagesProps = { readonly kind: "step" | "question"; readonly title: string; readonly none: string; readonly feature: string };

function Passages({ kind, title, none, feature }: PassagesProps): ReactNode {
  const { model, interaction, visit, activeId } = useConversation();
  const [all, setAll] = useState(false);
  const list = model.highlights.filter((one) => one.kind === kind);
  return (
    <Card
      title={title}
      note={
        <>
          {list.length > 0 && <Count glyph={looks[kind].glyph} count={list.length} tone={kind} />}
          <How of={kind === "step" ? "NEXT_STEPS" : "GOOD_QUESTIONS"} />
        </>
      }
    >
      {list.length === 0 && <Missing skipped={reasonFor(interaction.analysis?.skipped ?? [], feature)} fallback={none} />}
      <ul className="-mx-1.5">
        {list.slice(0, all ? undefined : atFirst).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => visit(one)}
              className={`grid w-full grid-cols-[44px_minmax(0,1fr)] rounded-chip px-1.5 py-0.5 text-left touch:py-2.5 ${one.id === activeId ? looks[kind].tint : "hover:bg-sunken"}`}
            >
              <span className="figures text-ink-2">{clock(one.startMs)}</span>
              <span className="line-clamp-2">{one.quote}</span>
            </button>
          </li>
        ))}
      </ul>
      <More hidden={list.length - atFirst} all={all} onAll={setAll} />
      {list.length > 0 && <Caution feature={feature} />}
    </Card>
  );
}

/** Something was found, and something is missing all the same: why. */
function Caution({ feature }: { readonly feature: string }) {
  const skipped = reasonFor(useConversation().interaction.analysis?.skipped ?? [], feature);
  return skipped && <p className="mt-1 text-axis text-ink-3">{sentence(skipped.reason)}</p>;
}

type MoreProps = { readonly hidden: number; readonly all: boolean; readonly onAll: (all: boolean) => void };

function More({ hidden, all, onAll }: MoreProps) {
  if (hidden <= 0) return null;
  return (
    <button
      type="button"
      aria-expanded={all}
      onClick={() => onAll(!all)}
      className="mt-1 h-6 rounded-chip text-meta font-medium text-ink-2 underline-offset-2 hover:text-ink hover:underline touch:h-11"
    >
      {all ? t("Show fewer") : t("Show {hidden} more", { hidden })}
    </button>
  );
}
