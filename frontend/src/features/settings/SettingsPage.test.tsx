import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderSignedIn } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import { SettingsPage } from "./SettingsPage";

/** What the server holds; `silenceMs` and the version are what two people change at once. */
function settings(silenceMs: number, version: number, by = "Rosa Meier") {
  return {
    __typename: "Settings",
    analysisEnabled: true,
    thresholds: { __typename: "Thresholds", silenceMs, silenceOn: true, crosstalkMs: 2000, crosstalkOn: false },
    acknowledgement: { __typename: "Acknowledgement", required: false, withinDays: 7 },
    retention: { __typename: "Retention", days: null },
    transcription: {
      __typename: "Transcription",
      engine: "nemo",
      engines: [{ __typename: "EngineChoice", key: "nemo", name: "NeMo", version: null, available: true, missing: null, remedy: null }],
      languages: [
        {
          __typename: "LanguageChoice",
          code: "en",
          name: "English",
          on: true,
          beta: false,
          engine: "NeMo ASR",
          models: ["e"],
          inflections: true,
        },
        { __typename: "LanguageChoice", code: "ko", name: "Korean", on: true, beta: true, engine: null, models: ["k"], inflections: false },
      ],
      useDeliveredTranscripts: true,
    },
    version,
    updatedAt: "2026-11-24T13:00:00Z",
    updatedBy: { __typename: "User", id: by, name: by },
    effects: [{ __typename: "SettingEffect", setting: "thresholds", effect: "For analyses that begin after the change." }],
  };
}

/** A server where somebody else saves 9 s before the first change arrives. */
function contested() {
  let now = settings(5000, 3);
  const inputs: unknown[] = [];
  const client = serve((operation) => {
    if (nameOf(operation) !== "UpdateSettings") return { settings: now };
    const { input } = operation.variables as { input: { version: number; silenceMs?: number } };
    inputs.push(input);
    if (now.version === 3) now = settings(9000, 4, "Lena Fischer");
    if (input.version !== now.version)
      return { updateSettings: { __typename: "Conflict", code: "conflict", message: "Somebody else was quicker." } };
    now = settings(input.silenceMs ?? 0, 5);
    return { updateSettings: { __typename: "UpdateSettingsPayload", settings: now } };
  });
  return { client, inputs };
}

it("says when a change takes effect, and refuses what cannot be", async () => {
  renderSignedIn(<SettingsPage />, contested().client);
  expect(await screen.findByText(/for analyses that begin after the change/)).toBeDefined();
  await userEvent.clear(screen.getByLabelText("Silence from"));
  expect(screen.getByText("Enter seconds from 0.1 to 600.")).toBeDefined();
  expect(screen.getByRole("button", { name: "Save" }).hasAttribute("disabled")).toBe(true);
});

it("says of each language what recognises it, or would, and what it lacks", async () => {
  renderSignedIn(<SettingsPage />, contested().client);
  expect(await screen.findByText("Recognised by NeMo ASR")).toBeDefined();
  expect(screen.getByText("No speech model yet; k would recognise it. Keywords match as written, without inflections")).toBeDefined();
});

it("shows what somebody else saved meanwhile, and saves over it only when asked again", async () => {
  const user = userEvent.setup();
  const { client, inputs } = contested();
  renderSignedIn(<SettingsPage />, client);
  const silence = await screen.findByLabelText("Silence from");
  await user.clear(silence);
  await user.type(silence, "7");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Lena Fischer has saved other settings meanwhile: Silence threshold.")).toBeDefined();
  expect(screen.getByText(/You have changed these too: Silence threshold/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Save mine" }));
  await waitFor(() => expect(screen.queryByText(/Not saved/)).toBeNull());
  expect(inputs).toEqual([
    { version: 3, silenceMs: 7000 },
    { version: 4, silenceMs: 7000 },
  ]);
});
