import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { Skeleton } from "@/components/Skeleton";
import { locale, t } from "@/i18n";
import { number, percent } from "@/lib/format";
import type { Preview } from "./model";
import { Passages } from "./Passages";
import type { Trying } from "./usePreview";

type Props = { readonly trying: Trying; readonly least: number; readonly written: number };

/** What the sentences find in the newest conversations, as they stand now. */
export function PreviewPanel({ trying: { preview, busy, error, again }, least, written }: Props) {
  const few = written < least;
  return (
    <section aria-label={t("Preview")} aria-busy={busy} className="flex min-w-0 flex-col gap-4">
      <div className="flex min-h-9 items-center gap-3">
        <h3 className="font-semibold">{t("Preview")}</h3>
        {preview && !few && (
          <Button size="small" variant="ghost" className="ml-auto" isDisabled={busy} onPress={again}>
            <Icon name="retry" />
            {t("Try again")}
          </Button>
        )}
      </div>
      {error && (
        <Notice tone="critical" action={<Button onPress={again}>{t("Try again")}</Button>}>
          {error}
        </Notice>
      )}
      {few && (
        <p className="text-ink-2">
          {t("Write {least} sentences, and see here what they find in the newest conversations, before anything is saved.", { least })}
        </p>
      )}
      {!few && !preview && busy && (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-16 rounded-card!" />
          <Skeleton className="h-24 rounded-card!" />
          <Skeleton className="h-24 rounded-card!" />
        </div>
      )}
      {!few && preview && <Found preview={preview} busy={busy} />}
    </section>
  );
}

function Found({ preview, busy }: { readonly preview: Preview; readonly busy: boolean }) {
  if (preview.of === 0) return <p className="text-ink-2">{nothing(preview)}</p>;
  return (
    <>
      <Figures preview={preview} busy={busy} />
      {preview.withheld && <Notice>{preview.withheld}</Notice>}
      {preview.caution && <Notice tone="attention">{preview.caution}</Notice>}
      {preview.competing.length > 0 && <Competing preview={preview} />}
      {preview.found.length > 0 && (
        <Group title={t("Found")} hint={t("Each opens where it is said.")}>
          <Passages label={t("Found")} passages={preview.found} />
        </Group>
      )}
      {preview.missed.length > 0 && (
        <Group title={t("Just missed")} hint={t("Should one of these count? Write a sentence like it.")}>
          <Passages label={t("Just missed")} passages={preview.missed} />
        </Group>
      )}
    </>
  );
}

function nothing({ otherLanguages }: Preview): string {
  if (otherLanguages > 0)
    return t("All conversations so far are in other languages, without a translation: there is none to try the sentences on.");
  return t("There is no analysed conversation that they could be tried on yet.");
}

function Figures({ preview, busy }: { readonly preview: Preview; readonly busy: boolean }) {
  const { conversations, of, matching, matchingBefore, gained, lost, passages, otherLanguages } = preview;
  const share = matching !== null && conversations > 0 ? percent((100 * matching) / conversations) : null;
  const rest = [
    t("{passages, plural, one {# passage} other {# passages}}", { passages }),
    ...(matchingBefore === null ? [] : [t("{before} as saved", { before: number(matchingBefore) })]),
    ...(gained ? [t("{gained} gained", { gained: number(gained) })] : []),
    ...(lost ? [t("{lost} lost", { lost: number(lost) })] : []),
    ...(otherLanguages > 0 ? [t("{count} in other languages not tried", { count: otherLanguages })] : []),
  ];
  return (
    <div className="flex flex-col gap-1.5 rounded-card border border-line bg-surface px-3.5 py-3">
      <output className="figures flex flex-wrap items-baseline gap-x-2">
        <span className="text-title font-semibold">{matching === null ? "–" : number(matching)}</span>
        <span>{t("of {of, plural, one {# conversation} other {# conversations}}", { of: conversations })}</span>
        {share && <span className="text-ink-2">{share}</span>}
      </output>
      <p className="figures text-meta text-ink-2">{rest.join(" · ")}</p>
      {busy && (
        <div
          role="progressbar"
          aria-label={t("Conversations tried")}
          aria-valuenow={conversations}
          aria-valuemin={0}
          aria-valuemax={of}
          className="h-1 overflow-hidden rounded-full bg-line-2"
        >
          <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${(100 * conversations) / of}%` }} />
        </div>
      )}
      {busy && <p className="figures text-meta text-ink-3">{t("{conversations} of {of} tried", { conversations, of })}</p>}
    </div>
  );
}

function Competing({ preview }: { readonly preview: Preview }) {
  return (
    <Notice tone="attention">
      <p className="font-medium">{t("Other topics come near")}</p>
      <ul>
        {preview.competing.map(({ name, passages, sentences }) => (
          <li key={name}>
            {name}:{" "}
            {[
              ...(passages > 0 ? [t("finds {passages, plural, one {# passage} other {# passages}} of these too", { passages })] : []),
              ...(sentences.length > 0
                ? [
                    t("{count, plural, one {sentence} other {sentences}} {places} could be its own", {
                      count: sentences.length,
                      places: listed(sentences.map((place) => number(place + 1))),
                    }),
                  ]
                : []),
            ].join("; ")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const listed = (places: readonly string[]) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(places);

function Group({ title, hint, children }: { readonly title: string; readonly hint: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h4 className="flex flex-wrap items-baseline gap-x-2 font-medium">
        {title}
        <span className="text-meta font-normal text-ink-3">{hint}</span>
      </h4>
      {children}
    </div>
  );
}
