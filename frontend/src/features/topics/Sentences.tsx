import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { inputClass } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { languageName } from "@/lib/format";
import { blank, edited, type Line, pasted, type Remark, sentencesIn } from "./model";

type Props = {
  readonly lines: readonly Line[];
  /** Of new sentences; empty: found out. */
  readonly language: string;
  readonly most: number;
  readonly remarks: ReadonlyMap<number, readonly Remark[]>;
  /** Why the server refused a sentence, by its key. */
  readonly refused: { readonly key: number; readonly message: string } | null;
  readonly onChange: (lines: readonly Line[]) => void;
};

const areaClass = `${inputClass} h-auto! min-h-9 resize-none py-1.5! [field-sizing:content] touch:h-auto!`;

/** One field a sentence. Enter goes on to the next, several pasted lines become as many sentences. */
export function Sentences({ lines, language, most, remarks, refused, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const focus = (place: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLTextAreaElement>("textarea[data-sentence]")[place]?.focus());
  const change = (key: number, next: Line) => onChange(lines.map((line) => (line.key === key ? next : line)));
  const add = (place: number) => {
    if (lines.length >= most) return;
    onChange([...lines.slice(0, place), blank("", language), ...lines.slice(place)]);
    focus(place);
  };
  const remove = (place: number) => {
    onChange(lines.filter((_, other) => other !== place));
    focus(Math.max(0, place - 1));
  };
  const keyed = (event: KeyboardEvent<HTMLTextAreaElement>, place: number) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (lines[place + 1] && !lines[place + 1]?.text) focus(place + 1);
      else add(place + 1);
    }
    if (event.key === "Backspace" && lines[place]?.text === "" && lines.length > 1) [event.preventDefault(), remove(place)];
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>, place: number) => {
    const texts = sentencesIn(event.clipboardData.getData("text/plain"));
    if (texts.length < 2) return;
    event.preventDefault();
    const next = pasted(lines, place, texts, language).slice(0, most);
    onChange(next);
    focus(Math.min(place + texts.length - 1, next.length - 1));
  };
  return (
    <div className="flex flex-col gap-2">
      <ol ref={list} aria-label={t("Guiding sentences")} className="flex flex-col gap-2">
        {lines.map((line, place) => (
          <SentenceRow
            key={line.key}
            line={line}
            place={place}
            remarks={remarks.get(line.key) ?? []}
            refusal={refused?.key === line.key ? refused.message : null}
            onChange={(next) => change(line.key, next)}
            onKeyDown={(event) => keyed(event, place)}
            onPaste={(event) => paste(event, place)}
            onRemove={() => remove(place)}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pl-7">
        <Button size="small" isDisabled={lines.length >= most} onPress={() => add(lines.length)}>
          <Icon name="plus" />
          {t("Add sentence")}
        </Button>
        <p className="text-meta text-ink-3">{t("Or paste a list: a line becomes a sentence.")}</p>
      </div>
    </div>
  );
}

type RowProps = {
  readonly line: Line;
  readonly place: number;
  readonly remarks: readonly Remark[];
  readonly refusal: string | null;
  readonly onChange: (line: Line) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  readonly onRemove: () => void;
};

function SentenceRow({ line, place, remarks, refusal, onChange, onKeyDown, onPaste, onRemove }: RowProps) {
  const id = useId();
  const said = refusal ? [] : remarks.filter((remark) => remark.kind !== "UNTRANSLATED");
  const number = place + 1;
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-2 gap-y-1">
      <span aria-hidden="true" className="figures pt-2 text-right text-meta text-ink-3">
        {number}
      </span>
      <textarea
        data-sentence
        rows={1}
        aria-label={t("Sentence {number}", { number })}
        aria-invalid={refusal ? true : undefined}
        aria-describedby={refusal || said.length > 0 ? `${id}-said` : undefined}
        className={areaClass}
        maxLength={300}
        value={line.text}
        onChange={(event) => onChange(edited(line, { text: event.target.value.replace(/\n/g, " ") }))}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <IconButton label={t("Remove sentence {number}", { number })} onPress={onRemove}>
        <Icon name="close" />
      </IconButton>
      {(refusal || said.length > 0) && (
        <ul id={`${id}-said`} className="col-start-2 flex flex-col text-meta">
          {refusal && <li className="text-critical-ink">{refusal}</li>}
          {said.map((remark) => (
            <li key={remark.kind} className={remark.kind === "UNUSABLE" ? "text-critical-ink" : "text-indicator-ink"}>
              {remark.message}
            </li>
          ))}
        </ul>
      )}
      {line.text.trim() && isForeign(line, remarks) && <English line={line} number={number} onChange={onChange} />}
    </li>
  );
}

/** Not English, by what was chosen, what is saved, or what the server found out. */
function isForeign(line: Line, remarks: readonly Remark[]): boolean {
  if (line.language) return line.language !== "en";
  return line.english !== "" || remarks.some((remark) => remark.kind === "UNTRANSLATED");
}

function English({ line, number, onChange }: Pick<RowProps, "line" | "onChange"> & { readonly number: number }) {
  const state = line.saved?.translation;
  const by = line.saved?.translatedBy;
  return (
    <div className="col-start-2 flex flex-col gap-1 border-l-2 border-line-2 pl-3">
      <p className="flex flex-wrap items-center gap-2 text-meta text-ink-2">
        {line.language && <Chip tone="outline">{languageName(line.language)}</Chip>}
        {state === "BY_MODEL" && t("Translated by {by}. Analyses read the English; write another if it is not right.", { by: by ?? "" })}
        {state === "BY_PERSON" && t("Analyses read the English that was written here.")}
        {state === "WAITING" && t("Waits for its translation, which a worker makes.")}
        {!state && t("It is translated once it is saved, if a model for its language is installed. Or write its English:")}
        {state === "NO_MODEL" && <span className="text-indicator-ink">{line.saved?.remedy}</span>}
      </p>
      <textarea
        rows={1}
        aria-label={t("English of sentence {number}", { number })}
        placeholder={t("In English")}
        className={areaClass}
        maxLength={300}
        value={line.english}
        onChange={(event) => onChange(edited(line, { english: event.target.value.replace(/\n/g, " ") }))}
      />
    </div>
  );
}
