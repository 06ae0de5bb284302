/** What is an entity of its own in the normalised cache, and what is a part of the entity that holds it. */
import { type Cache, type CacheExchangeOpts, cacheExchange } from "@urql/exchange-graphcache";
import { possibleTypes } from "./__generated__";

const embedded = () => null;

const parts = [
  "Account",
  "AnalysisOff",
  "AssignSpeakerRolePayload",
  "Evidence",
  "EvidenceItem",
  "EngagementScore",
  "IngestInteractionPayload",
  "InteractionAbilities",
  "InteractionChange",
  "InteractionConnection",
  "InteractionEdge",
  "InteractionEvent",
  "InteractionFacets",
  "InteractionTag",
  "InvalidInput",
  "Media",
  "Mention",
  "NotFound",
  "NotPermitted",
  "PageInfo",
  "Passage",
  "RetryAnalysisPayload",
  "SegmentColumns",
  "SegmentSentiment",
  "SentimentChange",
  "SentimentPoint",
  "SentimentScore",
  "SignInPayload",
  "SignInRefused",
  "SignOutPayload",
  "Skipped",
  "Speaker",
  "SpeakerFigures",
  "SpeechEvent",
  "Summary",
  "System",
  "SystemComponent",
  "Thresholds",
  "TopicHighlight",
  "TopicPassage",
  "Transcript",
  "Turn",
  "WordColumns",
] as const;

/** Shared by the store and by tests that build one. */
export const cacheOptions: CacheExchangeOpts = {
  possibleTypes,
  keys: {
    ...Object.fromEntries(parts.map((part) => [part, embedded])),
    // One progress an interaction, so that a subscription's news reaches every list that shows it.
    InteractionProgress: (data) => String(data.interactionId),
  },
  updates: {
    Mutation: {
      signIn: (_result, _args, cache) => forget(cache, ["viewer"]),
      signOut: (_result, _args, cache) => forget(cache, ["viewer", "interactions", "interaction", "interactionFacets"]),
    },
  },
};

export const createCache = () => cacheExchange(cacheOptions);

function forget(cache: Cache, fields: readonly string[]): void {
  for (const { fieldName, arguments: args } of cache.inspectFields("Query")) {
    if (fields.includes(fieldName)) cache.invalidate("Query", fieldName, args);
  }
}
