import { t } from "@/i18n";
import type { Topic } from "./model";
import { TopicHead } from "./TopicHead";

/** One of the seven: what guides it, to be looked at and switched off. */
export function DefaultTopic({ topic, onBack }: { readonly topic: Topic; readonly onBack: (() => void) | null }) {
  return (
    <section aria-label={topic.name} className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex max-w-3xl flex-col gap-5 px-4 pt-4 pb-8 md:px-5">
        <TopicHead topic={topic} onBack={onBack} onDeleted={() => {}} />
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">{t("Guiding sentences")}</h3>
          <p className="text-ink-2">
            {t(
              "They come with the product, which was measured with them, and cannot be changed. For another meaning, add a topic of your own.",
            )}
          </p>
          <ol className="divide-y divide-line rounded-card border border-line bg-surface">
            {topic.sentences.map(({ text }, place) => (
              <li key={text} className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2 px-3.5 py-2">
                <span aria-hidden="true" className="figures text-right text-ink-3">
                  {place + 1}
                </span>
                {text}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}
