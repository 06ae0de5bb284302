import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Checkbox";
import { inputClass } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import type { MappingTarget } from "../__generated__";
import type { RuleDraft } from "./model";
import type { GivesChoice } from "./useChoices";

type Props = {
  readonly draft: RuleDraft;
  readonly choices: readonly GivesChoice[] | undefined;
  readonly invalid: boolean;
  readonly onChange: (part: Pick<RuleDraft, "gives" | "none">) => void;
};

/** What a match gives: one licence, one team, any number of roles, or nothing. */
export function GivesPicker({ draft, choices, invalid, onChange }: Props) {
  const { gives, none, target } = draft;
  if (!choices) return <ByName draft={draft} onChange={onChange} />;
  const known = [
    ...choices,
    ...gives.filter((value) => !choices.some((one) => one.value === value)).map((value) => ({ value, label: value })),
  ];
  const text = none ? noneLabel(target) : gives.map((value) => known.find((one) => one.value === value)?.label ?? value).join(", ");
  const toggle = (value: string, on: boolean) => {
    const rest = target === "ROLE" ? gives.filter((other) => other !== value) : [];
    onChange({ gives: on ? [...rest, value] : rest, none: false });
  };
  return (
    <PopoverTrigger>
      <Button
        className={`w-full justify-between! px-3! font-normal! ${invalid ? "border-critical!" : ""}`}
        aria-label={t("A match gives: {what}", { what: text || t("not chosen") })}
      >
        <span className={`truncate ${text ? "" : "text-ink-3"}`}>{text || t("Choose …")}</span>
        <Icon name="chevron-down" className="text-ink-3" />
      </Button>
      <Popover label={t("What a match gives")} className="w-60 p-2!">
        {known.map((choice) => (
          <Checkbox key={choice.value} isSelected={!none && gives.includes(choice.value)} onChange={(on) => toggle(choice.value, on)}>
            <span className="block truncate">{choice.label}</span>
          </Checkbox>
        ))}
        {known.length === 0 && <p className="p-2 text-ink-2">{t("There is nothing to give yet.")}</p>}
        <div className="mt-1 border-t border-line pt-1">
          <Checkbox isSelected={none} onChange={(on) => onChange({ gives: [], none: on })}>
            <span className="block">{noneLabel(target)}</span>
            <span className="block text-meta text-ink-3">{t("Later rules are not asked.")}</span>
          </Checkbox>
        </div>
      </Popover>
    </PopoverTrigger>
  );
}

function noneLabel(target: MappingTarget): string {
  const labels: Record<MappingTarget, string> = { LICENCE: t("No seat"), ROLE: t("No role"), TEAM: t("No team") };
  return labels[target];
}

/** Where the viewer may not list what there is, its name has to be typed. */
function ByName({ draft, onChange }: Pick<Props, "draft" | "onChange">) {
  return (
    <input
      aria-label={t("A match gives")}
      placeholder={t("Its key; “none” blocks")}
      value={draft.none ? "none" : draft.gives.join(", ")}
      onChange={({ target: { value } }) => {
        const gives = value
          .split(",")
          .map((one) => one.trim())
          .filter(Boolean);
        onChange(value.trim() === "none" ? { gives: [], none: true } : { gives, none: false });
      }}
      className={`${inputClass} h-8!`}
    />
  );
}
