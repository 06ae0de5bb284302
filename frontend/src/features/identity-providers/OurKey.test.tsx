import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { CombinedError } from "@urql/core";
import { describe, expect, it } from "vitest";
import { renderRouted } from "@/lib/testing/render";
import { nameOf, serve } from "@/lib/testing/server";
import type { RotateSamlKeyMutationVariables } from "./__generated__";
import { OurKey } from "./OurKey";

const key = (fingerprint: string, signs: boolean, endsAt: string | null, signsFrom = "2026-11-01T09:00:00Z") => ({
  __typename: "SamlKey",
  fingerprint,
  signs,
  signsFrom,
  endsAt,
});
const old = key("522ac264", true, null);

/** A server with these keys; changing them puts a new one in front, or is refused with a sentence. */
function installation(start: readonly ReturnType<typeof key>[], refusal?: string) {
  let keys = start;
  const asked: RotateSamlKeyMutationVariables[] = [];
  const client = serve((operation) => {
    if (nameOf(operation) !== "RotateSamlKey") return { samlKeys: keys };
    asked.push(operation.variables as RotateSamlKeyMutationVariables);
    if (refusal) return { rotateSamlKey: { __typename: "Conflict", code: "conflict", message: refusal } };
    keys = [key("67472bab", true, null), key(old.fingerprint, false, "2026-12-31T09:00:00Z")];
    return { rotateSamlKey: { __typename: "RotateSamlKeyPayload", keys } };
  });
  return { client, asked };
}

const rows = () => screen.getAllByRole("listitem").map((one) => one.textContent);

describe("the account's own SAML key", () => {
  it("is not spoken of before there is one", async () => {
    let answered = 0;
    const client = serve(() => {
      answered += 1;
      return { samlKeys: [] };
    });
    await renderRouted(<OurKey />, client);
    await waitFor(() => expect(answered).toBeGreaterThan(0));
    expect(screen.queryByText("Our key")).toBeNull();
  });

  it("says which key signs, which only opens, and until when", async () => {
    const next = key("67472bab", false, null, "2026-12-04T09:00:00Z");
    await renderRouted(<OurKey />, installation([next, key("522ac264", true, "2026-12-15T09:00:00Z")]).client);
    await screen.findByRole("region", { name: "Our key" });
    const [coming, ending] = rows();
    expect(coming).toMatch(/Fingerprint 67472bab.*Opens only.*Signs from 4 Dec 2026, 10:00/);
    expect(ending).toMatch(/Fingerprint 522ac264.*Signs.*Ends 15 Dec 2026, 10:00/);
  });

  it("changes, keeping the old key for as long as is chosen", async () => {
    const user = userEvent.setup();
    const { client, asked } = installation([old]);
    await renderRouted(<OurKey />, client);
    await user.click(await screen.findByRole("button", { name: "Change the key" }));
    const dialog = await screen.findByRole("dialog");
    const choice = within(dialog).getByRole("group", { name: "The old key ends" });
    expect(within(choice).getByRole("radio", { name: "In 30 days" })).toHaveProperty("checked", true);
    expect(within(dialog).getByText(/it opens what providers encrypt/)).toBeDefined();
    await user.click(within(choice).getByRole("radio", { name: "In 7 days" }));
    await user.click(within(dialog).getByRole("button", { name: "Change" }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(asked).toEqual([{ input: { keepDays: 7 } }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("warns of what ending the old key now breaks", async () => {
    const user = userEvent.setup();
    const { client, asked } = installation([old]);
    await renderRouted(<OurKey />, client);
    await user.click(await screen.findByRole("button", { name: "Change the key" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: "Now" }));
    expect(within(dialog).getByText(/sign-in fails until it has the new metadata/)).toBeDefined();
    expect(within(dialog).queryByText(/it opens what providers encrypt/)).toBeNull();
    await user.click(within(dialog).getByRole("button", { name: "Change" }));
    await waitFor(() => expect(asked).toEqual([{ input: { keepDays: 0 } }]));
  });

  it("says in the dialog why it was refused", async () => {
    const user = userEvent.setup();
    await renderRouted(<OurKey />, installation([old], "A change is under way until 2026-12-15.").client);
    await user.click(await screen.findByRole("button", { name: "Change the key" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Change" }));
    expect((await screen.findByRole("alert")).textContent).toContain("A change is under way");
    expect(rows()).toHaveLength(1);
  });

  it("says that it could not be loaded, and tries again", async () => {
    let down = true;
    const client = serve(() => (down ? new CombinedError({ networkError: new Error("away") }) : { samlKeys: [old] }));
    await renderRouted(<OurKey />, client);
    const alert = await screen.findByRole("alert");
    down = false;
    await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(rows()).toHaveLength(1));
  });
});
