/**
 * The pages of one list, each a live query: what a subscription brings to the cache reaches every row that shows it. A page follows the
 * last one's cursor, so rows that arrive above never push others out of sight or show them twice.
 */
import type { Client, CombinedError } from "@urql/core";
import { pipe, subscribe } from "wonka";
import { InteractionsDocument, type InteractionsQuery, type InteractionsQueryVariables } from "./__generated__";
import type { Row } from "./items";

type Page = InteractionsQuery["interactions"];

export type Snapshot = {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** True until the first page is there. */
  readonly loading: boolean;
  readonly loadingMore: boolean;
  readonly error: CombinedError | null;
};

const pageSize = 50;

export class ListSource {
  readonly #client: Client;
  readonly #variables: Pick<InteractionsQueryVariables, "filter" | "sort">;
  readonly #listeners = new Set<() => void>();
  #pages: Page[] = [];
  #stops: Array<() => void> = [];
  #pending = false;
  #replacing = false;
  #error: CombinedError | null = null;
  #snapshot: Snapshot = { rows: [], hasMore: false, loading: true, loadingMore: false, error: null };

  constructor(client: Client, variables: Pick<InteractionsQueryVariables, "filter" | "sort">) {
    this.#client = client;
    this.#variables = variables;
    this.#open(0, null, "cache-and-network");
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  readonly has = (id: string): boolean => this.#snapshot.rows.some((row) => row.id === id);

  /** Fetches the page below, unless one is on its way or there is none. */
  readonly more = (): void => {
    const last = this.#pages.at(-1)?.pageInfo;
    if (this.#pending || this.#error || !last?.hasNextPage) return;
    this.#open(this.#pages.length, last.endCursor, "cache-first");
  };

  /** After an error: the same page again. */
  readonly retry = (): void => {
    this.#error = null;
    if (this.#pages.length === 0) this.#open(0, null, "network-only");
    else this.more();
  };

  /** Starts again from the top; what is on the screen stays until the answer is there. */
  readonly refresh = (): void => {
    this.#close(0);
    this.#replacing = true;
    this.#open(0, null, "network-only");
  };

  readonly stop = (): void => this.#close(0);

  #open(index: number, after: string | null, requestPolicy: "cache-first" | "cache-and-network" | "network-only"): void {
    this.#pending = true;
    const variables = { ...this.#variables, first: pageSize, ...(after ? { after } : {}) };
    const { unsubscribe } = pipe(
      this.#client.query(InteractionsDocument, variables, { requestPolicy }),
      subscribe(({ data, error }) => {
        if (error) this.#error = error;
        else if (data) this.#receive(index, data.interactions);
        this.#pending = false;
        this.#publish();
      }),
    );
    this.#stops[index] = unsubscribe;
    this.#publish();
  }

  #receive(index: number, page: Page): void {
    this.#error = null;
    const before = this.#replacing ? [] : this.#pages;
    this.#replacing = false;
    // A page that now ends elsewhere: the pages below no longer join on.
    const joins = before[index]?.pageInfo.endCursor === page.pageInfo.endCursor;
    if (!joins) this.#close(index + 1);
    this.#pages = [...before.slice(0, index), page, ...(joins ? before.slice(index + 1) : [])];
  }

  #close(from: number): void {
    for (const stop of this.#stops.splice(from)) stop();
  }

  #publish(): void {
    this.#snapshot = {
      rows: this.#pages.flatMap((page) => page.edges.map((edge) => edge.node)),
      hasMore: this.#pages.at(-1)?.pageInfo.hasNextPage ?? false,
      loading: this.#pages.length === 0 && this.#error === null,
      loadingMore: this.#pages.length > 0 && this.#pending,
      error: this.#error,
    };
    for (const listener of this.#listeners) listener();
  }
}
