import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "@/i18n";
import { clock, dateTime, interactionNumber } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import { useConversation } from "../conversation";
import { eventWord } from "../model/progress";
import { settingRows } from "../model/settings";
import type { Interaction } from "../model/types";
import { Card } from "./Card";
import { Language } from "./Language";
import { Speakers } from "./Speakers";

/** All that is known about the interaction, and what has happened to it. */
export function Details() {
  const { interaction } = useConversation();
  return (
    <div className="flex flex-col gap-3 p-3 md:p-4">
      <Card title={t("Interaction")}>
        <Facts rows={facts(interaction, useZone())} />
      </Card>
      {interaction.speakers.length > 0 && <Speakers />}
      <Card title={t("Transcript and analysis")} note={interaction.analysis && <ToVersions id={interaction.id} />}>
        <Facts rows={engines(interaction, useZone())} />
      </Card>
      {interaction.analysis && <Settings settings={interaction.analysis.settings} />}
      <History history={interaction.history} />
    </div>
  );
}

/** What it was analysed by before, in what that differs, and the way to a new analysis. */
function ToVersions({ id }: { readonly id: string }) {
  return (
    <Link
      to="/interactions/$id/versions"
      params={{ id }}
      className="rounded-chip font-medium text-ink underline-offset-2 hover:underline touch:py-2.5"
    >
      {t("Versions and re-analysis")}
    </Link>
  );
}

type Row = readonly [label: string, value: ReactNode];

function Facts({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-5">
      {rows.map(([label, value]) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid border-t border-line py-1 first:border-0">
          <dt className="text-ink-2">{label}</dt>
          <dd className="figures wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function facts(one: Interaction, zone: string): readonly Row[] {
  const none = (why: string) => <span className="text-ink-3">{why}</span>;
  return [
    [t("Number"), interactionNumber(one.number)],
    [t("External id"), one.externalId ?? none(t("None was delivered"))],
    [t("Engagement"), one.engagement.externalId ?? none(t("None was delivered"))],
    [t("Agent"), [one.agent?.name, one.agent?.email].filter(Boolean).join(", ") || none(t("Not named by the contact centre"))],
    [t("Team at the time"), one.team?.name ?? none(t("None"))],
    [t("Consumer"), one.consumer ?? none(t("Not named by the contact centre"))],
    [t("Queue"), one.queue?.name ?? none(t("None was delivered"))],
    [t("Channel"), one.channel === "VIDEO" ? t("Video") : t("Voice")],
    [t("Direction"), one.direction === null ? none(t("Not delivered")) : one.direction === "INBOUND" ? t("Inbound") : t("Outbound")],
    [t("Started"), dateTime(one.startedAt, zone)],
    [t("Length"), one.durationMs === null ? none(t("Not known without a recording")) : clock(one.durationMs)],
    [t("Language"), <Language key="language" />],
    [t("Consent"), one.consent ?? none(t("No flag was delivered"))],
    [t("Recording"), recording(one)],
  ];
}

function recording({ media, endToEndEncrypted, offline }: Interaction): string {
  if (endToEndEncrypted) return t("End-to-end encrypted");
  if (!media) return offline ? t("Added by hand, without one") : t("None");
  return t("{type}, {channels, plural, one {# channel} other {# channels}}, {length}", {
    type: media.mimeType,
    channels: media.channels,
    length: clock(media.durationMs),
  });
}

function engines({ transcript, analysis }: Interaction, zone: string): readonly Row[] {
  const sources: Record<string, string> = {
    delivered: t("Delivered with the recording"),
    recognised: t("Speech recognition"),
    activity: t("Speech activity only, without words"),
  };
  const rows: Row[] = [];
  if (transcript) {
    rows.push([t("Transcript"), sources[transcript.source] ?? transcript.source]);
    rows.push([t("Engine"), `${transcript.engine} ${transcript.engineVersion}`]);
    rows.push([t("Segments"), transcript.segments.startsMs.length]);
  } else rows.push([t("Transcript"), t("None yet")]);
  if (analysis) {
    rows.push([t("Analysed"), dateTime(analysis.createdAt, zone)]);
    rows.push([t("Analyser"), analysis.analyzerVersion]);
    rows.push(...settingRows(analysis.models).map(({ name, value }): Row => [t("Model: {name}", { name }), value]));
  } else rows.push([t("Analysis"), t("None yet")]);
  return rows;
}

function Settings({ settings }: { readonly settings: unknown }) {
  const rows = settingRows(settings);
  if (rows.length === 0) return null;
  return (
    <Card title={t("Thresholds and constants in force")}>
      <Facts rows={rows.map(({ name, value }): Row => [name, value])} />
    </Card>
  );
}

function History({ history }: { readonly history: Interaction["history"] }) {
  const zone = useZone();
  return (
    <Card title={t("History")}>
      <ol>
        {history.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an append-only history, which may hold the same twice
          <li key={index} className="grid grid-cols-[minmax(128px,auto)_minmax(0,1fr)] gap-x-4 border-t border-line py-1 first:border-0">
            <time dateTime={event.at} className="figures text-ink-2">
              {dateTime(event.at, zone)}
            </time>
            <p className="wrap-anywhere">
              {eventWord(event.what)}
              {event.detail && <span className="text-ink-2"> · {event.detail}</span>}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
