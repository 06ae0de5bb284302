/** What the server answers to questions beside the interaction itself. */

export const evidence = {
  __typename: "Evidence",
  figure: "ENGAGEMENT_SCORE",
  definition: "How engaged the consumer was.",
  computation: "100 × (0.4 × 0.88 + …) = 71",
  source: "Assay analyser 1.0.0",
  uncertainty: "As exact as the times of the words.",
  factors: [
    {
      __typename: "EvidenceFactor",
      name: "balance",
      value: 0.88,
      weight: 0.4,
      points: 35.2,
      note: "the consumer speaks 44% of the talk",
    },
  ],
  items: [
    {
      __typename: "EvidenceItem",
      startMs: 20_000,
      endMs: 25_000,
      role: "CONSUMER",
      segment: 3,
      quote: "Your competitor",
      translation: null,
      value: "turn of 5 s",
      contribution: 0.2,
      name: null,
    },
  ],
};

export const system = {
  __typename: "System",
  version: "0.1.0",
  analyzerVersion: "1.0.0",
  components: [
    {
      __typename: "SystemComponent",
      kind: "asr",
      name: "NeMo",
      version: null,
      available: false,
      languages: [],
      missing: "No words.",
      remedy: "make demo SPEECH=1",
    },
  ],
};
