/** The sample as a server sends it: with the names of its types, which the normalised cache goes by. */
import type { Interaction } from "../model/types";

const names: Readonly<Record<string, string>> = {
  engagement: "Engagement",
  interactions: "Interaction",
  agent: "Agent",
  team: "Team",
  queue: "Queue",
  progress: "InteractionProgress",
  viewerCan: "InteractionAbilities",
  speakers: "Speaker",
  media: "Media",
  history: "InteractionEvent",
  transcript: "Transcript",
  segments: "SegmentColumns",
  translation: "Translation",
  turns: "Turn",
  analysis: "Analysis",
  engagementScore: "EngagementScore",
  sentimentScore: "SentimentScore",
  points: "SentimentPoint",
  changes: "SentimentChange",
  events: "SpeechEvent",
  mentions: "Mention",
  topics: "TopicHighlight",
  passages: "TopicPassage",
  nextSteps: "Passage",
  goodQuestions: "Passage",
  summary: "Summary",
  skipped: "Skipped",
};

export function described(interaction: Interaction): unknown {
  return name(interaction, "Interaction", false);
}

function name(value: unknown, type: string, inAnalysis: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => name(one, type, inAnalysis));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    key === "settings" || key === "models" ? part : name(part, typeOf(key, inAnalysis), inAnalysis || key === "analysis"),
  ]);
  return { __typename: type, ...Object.fromEntries(entries) };
}

/** An analysis has figures of its agent and its consumer, an interaction has people. */
function typeOf(key: string, inAnalysis: boolean): string {
  if (inAnalysis && (key === "agent" || key === "consumer")) return "SpeakerFigures";
  return names[key] ?? key;
}
