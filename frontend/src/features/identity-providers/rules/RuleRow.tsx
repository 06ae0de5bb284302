import type { DragEvent, KeyboardEvent, ReactNode } from "react";
import { buttonClass } from "@/components/button-style";
import { inputClass } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Segmented } from "@/components/Segmented";
import { SetUpIcon } from "@/components/SetUpIcon";
import { t } from "@/i18n";
import { GivesPicker } from "./GivesPicker";
import { faultsOf, lostIn, lostSentence, type RuleDraft, type RulePart } from "./model";
import type { GivesChoice } from "./useChoices";

export type RowProps = {
  readonly draft: RuleDraft;
  readonly place: number;
  readonly count: number;
  readonly choices: readonly GivesChoice[] | undefined;
  /** Whether empty parts are pointed out already. */
  readonly strict: boolean;
  readonly refusal: { readonly part: RulePart; readonly message: string } | null;
  readonly attributesId: string;
  readonly onChange: (part: Partial<RuleDraft>) => void;
  readonly onMove: (place: number) => void;
  readonly onRemove: () => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragEnter: () => void;
  readonly onDragEnd: () => void;
  readonly dragged: boolean;
};

/** One rule: attribute, comparison, value, what it gives; moved by its grip, by the arrows, or by Alt with an arrow key. */
export function RuleRow(props: RowProps) {
  const { draft, place, strict, refusal, attributesId, onChange, onMove, dragged } = props;
  const faults = strict ? faultsOf(draft) : {};
  const message = refusal?.message ?? Object.values(faults)[0];
  const lost = lostIn(draft, props.choices);
  const broken = lost.length > 0 && draft.target !== "TEAM";
  const wrong = (part: RulePart) => (faults[part] || refusal?.part === part || (part === "gives" && broken) ? true : undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(place + (event.key === "ArrowUp" ? -1 : 1));
  };
  return (
    <li
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.preventDefault()}
      onDragEnter={props.onDragEnter}
      className={`grid grid-cols-[28px_minmax(0,1fr)] items-start gap-x-1 border-b border-line bg-surface py-2 pr-2 pl-1 last:border-0 ${dragged ? "opacity-50" : ""}`}
    >
      <Grip {...props} />
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <input
          aria-label={t("Attribute")}
          aria-invalid={wrong("attribute")}
          list={attributesId}
          placeholder={t("Attribute")}
          value={draft.attribute}
          onChange={(event) => onChange({ attribute: event.target.value })}
          className={`${inputClass} h-8! min-w-32 flex-[2_1_140px] font-mono text-meta!`}
        />
        <Segmented
          label={t("Comparison")}
          value={draft.op}
          onChange={(op) => onChange({ op })}
          options={[
            { value: "EXACT", label: t("is") },
            { value: "CONTAINS", label: t("contains") },
          ]}
        />
        <input
          aria-label={t("Value")}
          aria-invalid={wrong("value")}
          placeholder={t("Value")}
          value={draft.value}
          onChange={(event) => onChange({ value: event.target.value })}
          className={`${inputClass} h-8! min-w-32 flex-[2_1_140px]`}
        />
        <span className="flex min-w-44 flex-[2_1_180px] items-center gap-2">
          <SetUpIcon name="arrow-right" size={14} className="text-ink-3" />
          <span className="min-w-0 flex-1">
            <GivesPicker draft={draft} choices={props.choices} invalid={Boolean(wrong("gives"))} onChange={onChange} />
          </span>
        </span>
        <Moves {...props} />
        {lost.length > 0 && !message && (
          <p className={`flex w-full items-center gap-1.5 text-meta ${broken ? "text-critical-ink" : "text-ink-3"}`}>
            {broken && <Icon name="alert" size={14} />}
            {lostSentence(draft.target, lost)}
          </p>
        )}
        {message && (
          <p role="alert" className="w-full text-meta text-critical-ink">
            {message}
          </p>
        )}
      </div>
    </li>
  );
}

function Grip({ place, onDragStart, onDragEnd }: RowProps) {
  return (
    <span
      draggable
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      aria-hidden="true"
      className="flex h-8 cursor-grab items-center justify-center gap-0.5 text-ink-3 active:cursor-grabbing"
    >
      <SetUpIcon name="grip" size={12} className="touch:hidden" />
      <span className="figures text-meta">{place + 1}</span>
    </span>
  );
}

function Moves({ place, count, onMove, onRemove }: RowProps) {
  const name = { place: place + 1 };
  return (
    <span className="ml-auto flex items-center">
      <Small
        icon={<Icon name="arrow-up" />}
        label={t("Move rule {place} up", name)}
        disabled={place === 0}
        onClick={() => onMove(place - 1)}
      />
      <Small
        icon={<Icon name="arrow-down" />}
        label={t("Move rule {place} down", name)}
        disabled={place === count - 1}
        onClick={() => onMove(place + 1)}
      />
      <Small icon={<SetUpIcon name="trash" />} label={t("Remove rule {place}", name)} onClick={onRemove} />
    </span>
  );
}

type SmallProps = { readonly icon: ReactNode; readonly label: string; readonly disabled?: boolean; readonly onClick: () => void };

function Small({ icon, label, disabled = false, onClick }: SmallProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className={buttonClass("ghost", "icon-small")}
    >
      {icon}
    </button>
  );
}
