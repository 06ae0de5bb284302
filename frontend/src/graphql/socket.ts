/** The one WebSocket for subscriptions: opened with the first, closed soon after the last, reopened when it breaks. Loaded when needed. */
import type { ExecutionResult } from "@urql/core";
import type { Client as Socket } from "graphql-ws";

type Request = { readonly query?: string | undefined; readonly variables?: Record<string, unknown> | undefined };
type Sink = { readonly next: (value: ExecutionResult) => void; readonly error: (error: unknown) => void; readonly complete: () => void };

/** The server's word for a session that has ended: no use in trying again. */
const signedOut = 4401;
const reconnected = new Set<() => void>();
const ended = new Set<() => void>();
let socket: Promise<Socket> | undefined;

/** After the socket was away, what was missed has to be asked for again. Returns the way to stop. */
export function onReconnect(listener: () => void): () => void {
  reconnected.add(listener);
  return () => reconnected.delete(listener);
}

/** Calls back when the server closes the socket because the session or the person's access has ended. Returns the way to stop. */
export function onSessionEnd(listener: () => void): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

export function subscribe(request: Request, sink: Sink): { readonly unsubscribe: () => void } {
  let stop = () => {};
  let stopped = false;
  socket ??= open();
  socket.then((opened) => {
    if (stopped) return;
    const payload = { query: request.query ?? "", ...(request.variables ? { variables: request.variables } : {}) };
    stop = opened.subscribe(payload, { ...sink, next: (value) => sink.next(value as ExecutionResult) });
  }, sink.error);
  return {
    unsubscribe: () => {
      stopped = true;
      stop();
    },
  };
}

function isSignedOut(event: unknown): boolean {
  return event instanceof CloseEvent && event.code === signedOut;
}

async function open(): Promise<Socket> {
  const { createClient } = await import("graphql-ws");
  return createClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 20_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (event) => !isSignedOut(event),
    on: {
      closed: (event) => {
        if (isSignedOut(event)) for (const listener of ended) listener();
      },
      connected: (_socket, _payload, wasRetry) => {
        if (wasRetry) for (const listener of reconnected) listener();
      },
    },
  });
}
