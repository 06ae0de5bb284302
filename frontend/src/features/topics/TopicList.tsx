import { Chip } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { type Topic, waitingFor } from "./model";
import { newTopic } from "./search";

type Props = { readonly topics: readonly Topic[]; readonly chosen: string | undefined; readonly onOpen: (id: string) => void };

/** The account's own topics, then the default ones. */
export function TopicList({ topics, chosen, onOpen }: Props) {
  const own = topics.filter((topic) => topic.custom);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Group title={t("Your own")}>
        {own.map((topic) => (
          <Row key={topic.id} topic={topic} chosen={chosen} onOpen={onOpen} />
        ))}
        {own.length === 0 && (
          <li className="px-4 pb-3 text-ink-2 md:px-5">
            {t("None yet. A topic of your own is recognised by meaning, from a few sentences that people would say.")}
          </li>
        )}
        {chosen === newTopic && (
          <li aria-current="true" className={`${rowClass} bg-accent-soft italic shadow-[inset_3px_0_0_var(--accent)]`}>
            {t("New topic")}
          </li>
        )}
      </Group>
      <Group title={t("Default topics")}>
        {topics
          .filter((topic) => !topic.custom)
          .map((topic) => (
            <Row key={topic.id} topic={topic} chosen={chosen} onOpen={onOpen} />
          ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line last:border-0">
      <h2 className="px-4 pt-4 pb-2 text-meta font-medium text-ink-3 md:px-5">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

const rowClass = "flex w-full items-center gap-3 border-t border-line px-4 py-2.5 text-left motion-fade md:px-5";

function Row({ topic, chosen, onOpen }: Omit<Props, "topics"> & { readonly topic: Topic }) {
  const waiting = waitingFor(topic);
  return (
    <li>
      <button
        type="button"
        aria-current={topic.id === chosen ? "true" : undefined}
        onClick={() => onOpen(topic.id)}
        className={`${rowClass} hover:bg-canvas focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_3px_0_0_var(--accent)]`}
      >
        <span className="min-w-0 flex-1">
          <span className={`block truncate font-medium ${topic.active ? "" : "text-ink-3"}`}>{topic.name}</span>
          <span className="figures block truncate text-meta text-ink-2">
            {t(
              "{sentences, plural, one {# sentence} other {# sentences}} · in {interactions, plural, one {# interaction} other {# interactions}}",
              {
                sentences: topic.sentences.length,
                interactions: topic.interactions,
              },
            )}
          </span>
        </span>
        {waiting > 0 && <Chip tone="indicator">{t("{waiting} to translate", { waiting })}</Chip>}
        {!topic.active && <Chip tone="outline">{t("Off")}</Chip>}
        <Icon name="chevron-right" className="text-ink-3 lg:hidden" />
      </button>
    </li>
  );
}
