import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import type { Figure } from "./__generated__";
import { type Definition, useDefinitions } from "./Explained";

/** On the list: what each of its figures is, and how far it can be trusted. The evidence is on the page of the interaction. */
export function ColumnsExplained() {
  return (
    <PopoverTrigger>
      <IconButton label={t("What the figures are")}>
        <Icon name="help" />
      </IconButton>
      <Popover label={t("What the figures are")} placement="bottom end" className="w-[min(440px,calc(100vw-32px))]">
        <Definitions />
      </Popover>
    </PopoverTrigger>
  );
}

function Definitions() {
  const definitions = useDefinitions();
  const shown: readonly (readonly [Figure, string])[] = [
    ["ENGAGEMENT_SCORE", t("Engagement")],
    ["SENTIMENT_SCORE", t("Sentiment")],
    ["TOPICS", t("Topics")],
    ["CALL_OUTS", t("Indicators")],
  ];
  return (
    <dl className="flex max-h-[70vh] flex-col gap-3 overflow-y-auto">
      {shown.map(([figure, name]) => (
        <Entry key={figure} name={name} definition={definitions.get(figure)} />
      ))}
    </dl>
  );
}

function Entry({ name, definition }: { readonly name: string; readonly definition: Definition | undefined }) {
  return (
    <div>
      <dt className="font-semibold">{name}</dt>
      <dd>{definition?.definition}</dd>
      <dd className="mt-0.5 text-meta text-ink-2">{definition?.uncertainty}</dd>
    </div>
  );
}
