import { type FormEvent, useMemo, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Select } from "@/components/Select";
import { toast } from "@/components/Toast";
import { about, general, type Refusal, useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { CreateTopicDocument, UpdateTopicDocument } from "./__generated__";
import { LeaveGuard } from "./LeaveGuard";
import { adviceFor, type Bounds, byLine, type Draft, draftOf, filled, inputs, isChanged, type Line, type Topic } from "./model";
import { PreviewPanel } from "./PreviewPanel";
import { Sentences } from "./Sentences";
import { TopicHead } from "./TopicHead";
import { usePreview } from "./usePreview";

type Props = {
  /** Null: a new one. */
  readonly topic: Topic | null;
  readonly bounds: Bounds;
  readonly onBack: (() => void) | null;
  readonly onSaved: (id: string) => void;
  readonly onDeleted: () => void;
  readonly onDiscard: () => void;
};

const detect = "detect";

/** A topic of the account's own: its name and sentences, and beside them what they would find. */
export function Editor({ topic, bounds, onBack, onSaved, onDeleted, onDiscard }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(topic, bounds.leastSentences));
  const [language, setLanguage] = useState("");
  const done = useRef(false);
  const { save, refusal, clear } = useSave(topic, draft, (saved) => {
    // The page goes on to the new topic before this one is drawn again.
    done.current = !topic;
    onSaved(saved.id);
  });
  const changed = isChanged(draft, topic);
  const written = filled(draft).length;
  const id = topic?.id;
  const asked = useMemo(
    () => (written < bounds.leastSentences ? null : { ...(id ? { topicId: id } : {}), sentences: inputs(draft), conversations: 30 }),
    [draft, written, id, bounds.leastSentences],
  );
  const trying = usePreview(asked);
  const remarks = useMemo(() => byLine(draft, trying.preview?.remarks ?? []), [draft, trying.preview]);
  const choose = (next: string) => {
    const code = next === detect ? "" : next;
    setLanguage(code);
    setDraft({
      ...draft,
      lines: draft.lines.map((line) => (line.saved || (line.text && line.language) ? line : { ...line, language: code })),
    });
  };
  return (
    <form onSubmit={save} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 content-start gap-x-8 gap-y-6 overflow-y-auto px-4 pt-4 pb-8 md:px-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <TopicHead topic={topic} onBack={onBack} onDeleted={onDeleted} />
          <TextField
            label={t("Name")}
            autoComplete="off"
            maxLength={60}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            error={about(refusal, "/input/name")}
          />
          <div className="flex flex-col gap-2">
            <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
              <div className="min-w-48 flex-1">
                <p className="font-medium">{t("Guiding sentences")}</p>
                <p className="text-meta text-ink-3">
                  {t("As people would say it, each in another way.")} {adviceFor(written, bounds)}
                </p>
              </div>
              <div className="flex flex-col gap-1">
                <p aria-hidden="true" className="text-meta text-ink-3">
                  {t("Language of new sentences")}
                </p>
                <Select
                  label={t("Language of new sentences")}
                  value={language || detect}
                  options={[
                    { value: detect, label: t("Told from the text") },
                    ...bounds.languages.map(({ code, name }) => ({ value: code, label: name })),
                  ]}
                  onChange={choose}
                  className="w-44"
                />
              </div>
            </div>
            <Sentences
              lines={draft.lines}
              language={language}
              most={bounds.mostSentences}
              remarks={remarks}
              refused={refusedLine(refusal, draft)}
              onChange={(lines: readonly Line[]) => setDraft({ ...draft, lines })}
            />
          </div>
        </div>
        <PreviewPanel trying={trying} least={bounds.leastSentences} written={written} />
      </div>
      {changed && (topic || written > 0 || draft.name) && (
        <SaveBar
          refusal={general(refusal, ["/input/name", ...(refusedLine(refusal, draft) ? [refusal?.pointer ?? ""] : [])])}
          verb={topic ? t("Save") : t("Add topic")}
          onDiscard={() => [clear(), setDraft(draftOf(topic, bounds.leastSentences)), onDiscard()]}
        />
      )}
      <LeaveGuard unsaved={changed && (written > 0 || draft.name.trim() !== "")} saved={done} />
    </form>
  );
}

function useSave(topic: Topic | null, draft: Draft, onDone: (topic: Topic) => void) {
  const create = useAction(CreateTopicDocument);
  const update = useAction(UpdateTopicDocument);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const given = { name: draft.name.trim(), sentences: inputs(draft) };
    const payload = topic
      ? await update.run({ input: { ...given, id: topic.id, version: topic.version } })
      : await create.run({ input: given });
    if (!payload) return;
    toast(t("{name} saved. New conversations are analysed with it.", { name: payload.topic.name }));
    onDone(payload.topic);
  };
  return { save, refusal: create.refusal ?? update.refusal, clear: () => [create.clear(), update.clear()] } as const;
}

/** The sentence that the server points at. */
function refusedLine(refusal: Refusal | null, draft: Draft): { readonly key: number; readonly message: string } | null {
  const place = refusal?.pointer?.match(/^\/input\/sentences\/(\d+)$/)?.[1];
  const line = place === undefined ? undefined : filled(draft)[Number(place)];
  return refusal && line ? { key: line.key, message: refusal.message } : null;
}

type BarProps = { readonly refusal: string | null; readonly verb: string; readonly onDiscard: () => void };

function SaveBar({ refusal, verb, onDiscard }: BarProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-nav px-4 py-2.5 md:px-5">
      <div className="min-w-0 flex-1">
        {refusal ? <Notice tone="critical">{refusal}</Notice> : <output className="text-ink-2">{t("Not saved yet")}</output>}
      </div>
      <div className="flex gap-2">
        <Button variant="ghost" onPress={onDiscard}>
          {t("Discard")}
        </Button>
        <Button type="submit" variant="primary">
          {verb}
        </Button>
      </div>
    </div>
  );
}
