import { useEffect } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { EmptyState, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { TopicsDocument } from "./__generated__";
import { DefaultTopic } from "./DefaultTopic";
import { Editor } from "./Editor";
import { History } from "./History";
import { type Bounds, type Topic, waitingFor } from "./model";
import { newTopic, type TopicSearch } from "./search";
import { TopicList } from "./TopicList";

type Props = { readonly search: TopicSearch; readonly onSearch: (search: TopicSearch, push?: boolean) => void };

const lookAgainMs = 3_000;

/** The topics at the left, the one that is open at the right with what its sentences find; one after the other where it is narrow. */
export function TopicsPage({ search, onSearch }: Props) {
  const wide = useMedia("(min-width: 1100px)");
  const { bounds, error, waiting, refresh } = useTopics();
  const open = (topic?: string) => onSearch(topic ? { topic } : {}, true);
  const topics = bounds?.topics;
  const chosen = topics?.find((topic) => topic.id === search.topic) ?? (wide && search.topic !== newTopic ? topics?.[0] : undefined);
  const adding = search.topic === newTopic;
  const used = topics?.filter((topic) => topic.custom).length ?? 0;
  const full = bounds !== undefined && used >= bounds.mostTopics;
  return (
    <>
      <PageBar title={t("Topics")} note={bounds && t("{used} of {most} of your own", { used, most: bounds.mostTopics })}>
        <Button variant="primary" isDisabled={!bounds || full || adding} onPress={() => open(newTopic)}>
          <Icon name="plus" />
          {t("New topic")}
        </Button>
      </PageBar>
      {error && !bounds && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
      {waiting && <Waiting />}
      {bounds && (
        <>
          <History topics={bounds.topics.filter((topic) => topic.active)} />
          <div className={`grid min-h-0 flex-1 ${wide ? "grid-cols-[280px_minmax(0,1fr)]" : "grid-cols-1"}`}>
            {(wide || (!chosen && !adding)) && (
              <div className={`flex min-h-0 flex-col ${wide ? "border-r border-line" : ""}`}>
                <TopicList topics={bounds.topics} chosen={adding ? newTopic : chosen?.id} onOpen={open} />
              </div>
            )}
            <Chosen bounds={bounds} topic={chosen ?? null} adding={adding} wide={wide} onOpen={open} onChanged={refresh} />
          </div>
        </>
      )}
    </>
  );
}

type ChosenProps = {
  readonly bounds: Bounds;
  readonly topic: Topic | null;
  readonly adding: boolean;
  readonly wide: boolean;
  readonly onOpen: (topic?: string) => void;
  readonly onChanged: () => void;
};

function Chosen({ bounds, topic, adding, wide, onOpen, onChanged }: ChosenProps) {
  const onBack = wide ? null : () => onOpen();
  if (adding || topic?.custom) {
    return (
      <Editor
        // A translation that came meanwhile is another version of the sentences, though not of the topic.
        key={adding ? newTopic : `${topic?.id} ${topic?.inForceAt}`}
        topic={adding ? null : topic}
        bounds={bounds}
        onBack={onBack}
        onSaved={(id) => [onChanged(), adding && onOpen(id)]}
        onDeleted={() => [onChanged(), onOpen()]}
        onDiscard={() => adding && onOpen()}
      />
    );
  }
  if (topic) return <DefaultTopic key={topic.id} topic={topic} onBack={onBack} />;
  if (wide) return <EmptyState title={t("No topic yet")}>{t("Add one: a few sentences that people would say are enough.")}</EmptyState>;
  return null;
}

/** Looked at again every few seconds while a worker has something to translate. */
function useTopics() {
  const [{ data, error, fetching }, again] = useQuery({ query: TopicsDocument, requestPolicy: "cache-and-network" });
  const bounds = data?.topicDefinitions;
  const waiting = bounds?.topics.some((topic) => waitingFor(topic) > 0 && topic.sentences.some((each) => each.translation === "WAITING"));
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => !document.hidden && again({ requestPolicy: "network-only" }), lookAgainMs);
    return () => clearInterval(timer);
  }, [waiting, again]);
  return { bounds, error, waiting: useSlow(fetching && !data), refresh: () => again({ requestPolicy: "network-only" }) } as const;
}

function Waiting() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 px-4 py-4 md:px-5 lg:w-80 lg:border-r lg:border-line">
      {["a", "b", "c", "d", "e", "f", "g"].map((row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  );
}
