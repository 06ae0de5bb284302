import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { parseTopicSearch, type TopicSearch } from "@/features/topics/search";
import { TopicsPage } from "@/features/topics/TopicsPage";

export const Route = createFileRoute("/admin/topics")({
  // Read by the page, so that its reader is loaded with it.
  validateSearch: (raw: Record<string, unknown>) => raw as TopicSearch,
  component: TopicsRoute,
});

function TopicsRoute() {
  const raw = Route.useSearch();
  const search = useMemo(() => parseTopicSearch(raw), [raw]);
  const navigate = useNavigate({ from: "/admin/topics" });
  const onSearch = useCallback((next: TopicSearch, push = false) => navigate({ search: next, replace: !push }), [navigate]);
  return <TopicsPage search={search} onSearch={onSearch} />;
}
