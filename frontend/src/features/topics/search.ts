/** The address of the topics: `?topic=…`, or `?topic=new`. */
export type TopicSearch = { readonly topic?: string };

export const newTopic = "new";

export function parseTopicSearch(raw: Record<string, unknown>): TopicSearch {
  const topic = typeof raw.topic === "string" ? raw.topic.trim() : "";
  return topic ? { topic } : {};
}
