import { expect, it } from "vitest";
import { readDetail, words } from "./detail";

it("puts changes side by side, and the rest as facts", () => {
  const detail = {
    changes: [
      { setting: "silenceMs", old: 3000, new: 4000 },
      { setting: "languages", old: ["en"], new: [] },
    ],
    user_id: 7,
  };
  expect(readDetail(detail)).toEqual({
    facts: [{ name: "user id", value: "7" }],
    changes: [
      { name: "silence", before: "3 s", after: "4 s" },
      { name: "languages", before: "en", after: "–" },
    ],
  });
});

it("shows whatever shape there is", () => {
  expect(readDetail(null)).toEqual({ facts: [], changes: [] });
  expect(readDetail("plain").facts).toEqual([{ name: "", value: "plain" }]);
  expect(readDetail({ on: true, filter: { text: "x", days: [1, 2] }, changes: "none" }).facts).toEqual([
    { name: "on", value: "on" },
    { name: "filter", value: "text: x; days: 1, 2" },
    { name: "changes", value: "none" },
  ]);
});

it("writes names as words", () => expect(words("useDeliveredTranscripts")).toBe("use delivered transcripts"));
