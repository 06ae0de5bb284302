/** The list that a reader came from: its order gives an interaction page its neighbours, its address the way back. */
export type ListMemory = {
  /** Loaded ids in the order of the screen. */
  readonly ids: readonly string[];
  readonly total: number | null;
  /** Search of the list's address. */
  readonly search: Readonly<Record<string, string>>;
};

let memory: ListMemory = { ids: [], total: null, search: {} };

export const listMemory = (): ListMemory => memory;

export function rememberList(next: ListMemory): void {
  memory = next;
}
