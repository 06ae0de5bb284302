/** The parts of the API's answer that the models work on. */
import type { InteractionDetailQuery, InteractionWordsQuery } from "../__generated__";

export type Interaction = NonNullable<InteractionDetailQuery["interaction"]>;
export type Analysis = NonNullable<Interaction["analysis"]>;
export type Transcript = NonNullable<Interaction["transcript"]>;
export type Segments = Transcript["segments"];
export type Words = NonNullable<NonNullable<InteractionWordsQuery["interaction"]>["transcript"]>["words"];
export type SpeechEvent = Analysis["events"][number];
export type Speaker = Interaction["speakers"][number];
export type Media = NonNullable<Interaction["media"]>;
export type Role = Speaker["role"];
export type SentimentScore = NonNullable<Analysis["sentimentScore"]>;
export type SentimentChange = SentimentScore["changes"][number];
export type SentimentPoint = SentimentScore["points"][number];
export type SentimentClass = SentimentChange["to"];
