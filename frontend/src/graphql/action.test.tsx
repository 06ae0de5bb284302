import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useAction } from "./action";

const execute = vi.fn();
vi.mock("urql", async (original) => ({ ...(await original<object>()), useMutation: () => [{ fetching: false }, execute] }));

describe("useAction", () => {
  it("sends one call at a time, and the next once it is answered", async () => {
    let answer: (found: object) => void = () => undefined;
    execute.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const { result } = renderHook(() => useAction({} as never));
    let first: Promise<unknown> = Promise.resolve();
    await act(async () => {
      first = result.current.run({} as never);
      expect(await result.current.run({} as never)).toBeNull();
    });
    expect(execute).toHaveBeenCalledTimes(1);
    await act(async () => {
      answer({ data: { save: { __typename: "SavePayload" } } });
      expect(await first).toEqual({ __typename: "SavePayload" });
    });
    await act(async () => {
      void result.current.run({} as never);
    });
    expect(execute).toHaveBeenCalledTimes(2);
  });
});
