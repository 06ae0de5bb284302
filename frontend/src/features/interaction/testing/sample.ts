/** A short call that the tests of this feature share: five segments, a hold, a crosstalk, a highlight of each kind. */
import type { Analysis, Interaction, Transcript, Words } from "../model/types";

export const segments: Transcript["segments"] = {
  speakers: ["agent", "consumer", "agent", "consumer", "agent"],
  roles: ["AGENT", "CONSUMER", "AGENT", "CONSUMER", "AGENT"],
  startsMs: [0, 3_000, 6_000, 20_000, 26_000],
  endsMs: [2_600, 6_400, 9_000, 25_000, 30_000],
  texts: [
    "Good morning, how can I help?",
    "I was charged twice 💸 and I want to cancel.",
    "I will reverse the second charge today.",
    "Your competitor is cheaper anyway.",
    "What would make this right for you?",
  ],
};

export const turns: Transcript["turns"] = segments.startsMs.map((startMs, index) => ({
  role: segments.roles[index] ?? "OTHER",
  startMs,
  endMs: segments.endsMs[index] ?? startMs,
  segments: [index],
  backchannel: false,
}));

export const transcript: Transcript = {
  language: "en",
  engine: "webvtt",
  engineVersion: "1",
  source: "delivered",
  translation: null,
  segments,
  turns,
};

/** What its segments say in English, where they are in another language. */
export const english: ReadonlyArray<string | null> = [
  "Hello there, what can I do for you?",
  "You took the money two times.",
  "Today I give the second one back.",
  "Others cost less.",
  null,
];

export const words: Words = {
  wordFrom: [0, 2, 4, 4, 4, 4],
  startsMs: [0, 600, 3_000, 3_400],
  endsMs: [500, 1_000, 3_300, 3_800],
  charStarts: [0, 5, 0, 2],
  charEnds: [4, 13, 1, 5],
};

const figures: Analysis["agent"] = {
  talkMs: 10_000,
  talkSharePct: 62.4,
  interactionSharePct: 33.3,
  longestSpielMs: 4_000,
  fillersPerMin: null,
  wordsPerMin: 148,
  speedUnit: "words",
  patienceMs: 840,
};

export const analysis: Analysis = {
  id: "a1",
  analyzerVersion: "1.0.0",
  models: { embedder: "minilm" },
  settings: { silence_ms: 5000 },
  createdAt: "2026-11-24T13:20:00Z",
  engagementScore: { value: 71, balance: 0.88, responsiveness: 0.55, interactivity: 0.64 },
  sentimentScore: {
    value: 38,
    agent: 55,
    consumer: 27,
    points: [
      { ms: 1_000, value: 0, segment: 0 },
      { ms: 5_000, value: -0.4, segment: 1 },
      { ms: 28_000, value: 0.4, segment: 4 },
    ],
    changes: [{ ms: 3_000, untilMs: 22_000, from: "NEUTRAL", to: "NEGATIVE", segment: 1 }],
  },
  agent: figures,
  consumer: { ...figures, talkMs: 6_000, talkSharePct: 37.6 },
  speakerChanges: 4,
  responseLagMs: 400,
  events: [
    { type: "CROSSTALK", startMs: 6_000, endMs: 6_400, role: "AGENT" },
    { type: "HOLD", startMs: 9_500, endMs: 19_500, role: null },
  ],
  mentions: [
    {
      category: "Churn",
      indicator: "Cancellation",
      keyword: "want to cancel",
      role: "CONSUMER",
      segment: 1,
      endSegment: 1,
      startMs: 5_000,
      endMs: 6_000,
      charStart: 28,
      charEnd: 42,
      exact: true,
    },
  ],
  topics: [{ name: "Pricing", score: 0.8, passages: [{ segment: 3, score: 0.8 }] }],
  nextSteps: [{ segment: 2, text: "I will reverse the second charge today.", score: 0.9 }],
  goodQuestions: [{ segment: 4, text: "make this right", score: 0.7 }],
  summary: { text: "Charged twice; the agent reverses it.", segments: [1, 2], writtenBy: null, sources: [[1], [2]] },
  skipped: [{ feature: "fillers_per_min", reason: "the engine webvtt leaves fillers out of its transcripts", remedy: null }],
};

export function interaction(change: Partial<Interaction> = {}): Interaction {
  return {
    id: "i1",
    number: 104218,
    externalId: "call-1",
    position: 2,
    consumer: "Daniel Okafor",
    channel: "VOICE",
    direction: "INBOUND",
    language: "en",
    languageSource: "delivered",
    startedAt: "2026-11-24T13:02:00Z",
    durationMs: 30_000,
    offline: false,
    endToEndEncrypted: false,
    consent: "given",
    engagementScore: 71,
    sentimentScore: 38,
    withoutWords: false,
    engagement: { id: "e1", externalId: "E-1", interactions: [] },
    agent: { id: "g1", name: "Priya Nair", email: null, externalId: null },
    team: { id: "t1", name: "Billing" },
    queue: { id: "q1", name: "Billing" },
    progress: { interactionId: "i1", status: "DONE", percent: null, reason: null, updatedAt: "2026-11-24T13:20:00Z" },
    viewerCan: { play: true, readTranscript: true, retry: false, assignSpeakerRole: true },
    speakers: [
      { id: "agent", name: null, role: "AGENT", roleSource: "channel", confidence: null },
      { id: "consumer", name: null, role: "CONSUMER", roleSource: "inferred", confidence: 0.87 },
    ],
    media: null,
    history: [{ at: "2026-11-24T13:03:00Z", what: "received", detail: null }],
    transcript,
    analysis,
    ...change,
  };
}
