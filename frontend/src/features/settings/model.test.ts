import { describe, expect, it } from "vitest";
import type { SettingsFieldsFragment } from "./__generated__";
import { type Draft, differences, draftOf, fault, faults, inputOf, nameLabel, pending, without } from "./model";

const language = (code: string, on: boolean) => ({ code, name: code, on, beta: false, engine: null, models: [], inflections: true });
const settings: SettingsFieldsFragment = {
  analysisEnabled: true,
  thresholds: { silenceMs: 5000, silenceOn: true, crosstalkMs: 2000, crosstalkOn: false },
  acknowledgement: { required: false, withinDays: 7 },
  retention: { days: null },
  transcription: {
    engine: "nemo",
    engines: [],
    languages: [language("en", true), language("da", true), language("vi", false)],
    useDeliveredTranscripts: true,
  },
  version: 3,
  updatedAt: "2026-11-24T13:00:00Z",
  updatedBy: null,
  effects: [],
};
const base: Draft = draftOf(settings);

describe("a draft", () => {
  it("is flat, with the languages that are on in order", () => {
    expect(base).toMatchObject({ silenceMs: 5000, crosstalkOn: false, retentionDays: null, engine: "nemo", languages: ["da", "en"] });
  });

  it("holds only what differs from what the server holds", () => {
    expect(pending(base, { silenceMs: 5000, languages: ["da", "en"], retentionDays: 30 })).toEqual({ retentionDays: 30 });
    expect(differences(base, { ...base, engine: "none", languages: ["en"] })).toEqual(["engine", "languages"]);
  });

  it("keeps what was edited while a save was on its way", () => {
    expect(without({ silenceMs: 7000, engine: "none" }, { silenceMs: 6000, engine: "none" })).toEqual({ silenceMs: 7000 });
  });

  it("goes with the version that was looked at", () => {
    expect(inputOf(3, { retentionDays: null })).toEqual({ version: 3, retentionDays: null });
  });
});

describe("faults", () => {
  it.each([
    [{ silenceMs: 0 }, "silenceMs", "Enter seconds from 0.1 to 600."],
    [{ crosstalkMs: Number.NaN }, "crosstalkMs", "Enter seconds from 0.1 to 600."],
    [{ acknowledgementDays: 366 }, "acknowledgementDays", "Enter days from 1 to 365."],
    [{ retentionDays: 0 }, "retentionDays", "Enter days from 1 to 3650."],
    [{ languages: [] }, "languages", "At least one language stays on. To stop everything, switch the analysis off."],
  ] as const)("%o is refused at %s", (change, name, sentence) => {
    const draft = { ...base, ...change };
    expect(faults(draft)).toEqual([name]);
    expect(fault(draft, name)).toBe(sentence);
  });

  it("are none where nothing is deleted by age", () => expect(faults(base)).toEqual([]));
});

it("names every setting", () => {
  for (const name of Object.keys(base)) expect(nameLabel(name as keyof Draft)).toMatch(/^[A-Z]/);
});
