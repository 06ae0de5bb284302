/** A row that leads to a page of its own. */
export const rowClass = "flex items-center gap-3 px-4 py-3 motion-fade hover:bg-sunken focus-visible:-outline-offset-2";
