import { useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { Switch } from "@/components/Switch";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { dateTime, dayOf } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { DeleteTopicDocument, SwitchTopicDocument } from "./__generated__";
import { appliedLabel, type Topic } from "./model";

type Props = { readonly topic: Topic | null; readonly onBack: (() => void) | null; readonly onDeleted: () => void };

/** What the topic is called, whether analyses look for it, and since when as it is. */
export function TopicHead({ topic, onBack, onDeleted }: Props) {
  const zone = useZone();
  const change = useAction(SwitchTopicDocument);
  return (
    <header className="flex flex-col gap-2">
      {onBack && (
        <Button variant="ghost" onPress={onBack} className="-ml-2 self-start">
          <Icon name="back" />
          {t("All topics")}
        </Button>
      )}
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 truncate text-title font-semibold tracking-[-0.01em]">{topic?.name ?? t("New topic")}</h2>
        {topic?.custom && <Delete topic={topic} onDeleted={onDeleted} />}
      </div>
      {topic && (
        <>
          <Switch
            isSelected={topic.active}
            onChange={(on) => change.run({ id: topic.id, on })}
            label={t("Look for it")}
            hint={
              topic.active ? appliedLabel(topic, dayOf(new Date(), zone)) : t("New analyses leave it out. What was found before stays.")
            }
          />
          {change.refusal && <Notice tone="critical">{change.refusal.message}</Notice>}
          <p className="figures text-meta text-ink-3">
            {topic.changedBy
              ? t("Changed {when} by {who}", { when: dateTime(topic.changedAt, zone), who: topic.changedBy.name })
              : topic.custom
                ? t("Changed {when}", { when: dateTime(topic.changedAt, zone) })
                : t("As delivered")}
            {" · "}
            {t("{count, plural, =0 {in no interaction} one {in # interaction} other {in # interactions}}", { count: topic.interactions })}
          </p>
        </>
      )}
    </header>
  );
}

function Delete({ topic, onDeleted }: { readonly topic: Topic; readonly onDeleted: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(DeleteTopicDocument);
  const { name, interactions } = topic;
  const run = async () => {
    if (await remove.run({ id: topic.id })) [toast(t("{name} deleted", { name })), onDeleted()];
  };
  return (
    <>
      <Button size="small" variant="danger" className="ml-auto" onPress={() => setAsked(true)}>
        {t("Delete")}
      </Button>
      <Confirm
        title={t("Delete {name}?", { name })}
        isOpen={asked}
        onClose={() => setAsked(false)}
        verb={t("Delete topic")}
        refusal={remove.refusal?.message ?? null}
        onConfirm={run}
      >
        {t(
          "{interactions, plural, =0 {No interaction has it now.} one {It is taken off the interaction that has it.} other {It is taken off the # interactions that have it.}} Its guiding sentences are gone for good.",
          { interactions },
        )}
      </Confirm>
    </>
  );
}
