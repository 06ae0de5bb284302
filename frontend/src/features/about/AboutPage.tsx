import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Icon } from "@/components/Icon";
import { Command, ErrorPanel } from "@/components/Panel";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { SystemDocument, type SystemQuery } from "@/graphql/__generated__";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { languageName } from "@/lib/format";

type Component = SystemQuery["system"]["components"][number];

/** What is installed here, what is missing, what that means, and the command that adds it. */
export function AboutPage() {
  const [{ data, error, fetching }, again] = useQuery({ query: SystemDocument, requestPolicy: "cache-and-network" });
  const slow = useSlow(fetching && !data);
  return (
    <>
      <PageBar title={t("About this installation")} note={data && `Assay ${data.system.version}`} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={() => again({ requestPolicy: "network-only" })} />}
        {slow && <Waiting />}
        {data && <Parts components={data.system.components} analyzerVersion={data.system.analyzerVersion} />}
      </div>
    </>
  );
}

function Parts({ components, analyzerVersion }: { readonly components: readonly Component[]; readonly analyzerVersion: string }) {
  const missing = components.filter((component) => !component.available).length;
  const summary = missing
    ? t(
        "{missing, plural, one {# part is} other {# parts are}} not installed. Everything else works without; what is missing is said where it is missed.",
        { missing },
      )
    : t("Everything is installed.");
  return (
    <div className="max-w-3xl px-4 py-5 md:px-5">
      <p className="mb-4 text-ink-2">{summary}</p>
      <ul className="overflow-hidden rounded-card border border-line">
        {components.map((component) => (
          <Part key={`${component.kind} ${component.name}`} component={component} />
        ))}
      </ul>
      <p className="mt-4 text-meta text-ink-3">
        {t("Analyser {version}. Every analysis names the version and the models that made it.", { version: analyzerVersion })}
      </p>
    </div>
  );
}

function Part({ component }: { readonly component: Component }) {
  const { available, name, version, missing, remedy } = component;
  const languages = component.languages.map(languageName).join(", ");
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line px-4 py-3.5 last:border-0">
      <Icon name={available ? "check" : "minus"} size={16} className={`mt-0.5 ${available ? "text-positive" : "text-ink-3"}`} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">{kindLabel(component.kind)}</h2>
        <p className={available ? "text-ink-2" : "font-medium text-ink"}>{available ? t("Installed") : t("Not installed")}</p>
      </div>
      <div className="col-start-2 flex flex-col items-start gap-2 text-ink-2">
        <p>
          {name}
          {version && <span className="figures text-ink-3"> {version}</span>}
          {languages && <span className="text-ink-3"> · {languages}</span>}
        </p>
        {missing && <p>{missing}</p>}
        {remedy && (
          <p className="flex flex-wrap items-center gap-2">
            <span className="text-ink-3">{t("To add it:")}</span>
            <Command text={remedy} />
          </p>
        )}
      </div>
    </li>
  );
}

function kindLabel(kind: string): string {
  const labels: Record<string, string> = {
    asr: t("Speech recognition"),
    language: t("Language of speech"),
    diarization: t("Telling speakers apart"),
    activity: t("Speech activity"),
    embeddings: t("Understanding of sentences"),
    translation: t("Translation into English"),
    sentiment: t("Sentiment"),
    topics: t("Topics"),
    summary: t("Summary"),
  };
  return labels[kind] ?? kind;
}

function Waiting() {
  return (
    <div className="max-w-3xl px-4 py-5 md:px-5">
      <Skeleton className="mb-4 h-4 w-80 max-w-full" />
      <Skeleton className="h-72 w-full rounded-card" />
    </div>
  );
}
