/** Calendar days and clock times of a time zone as instants. */

/** The instant at which a day (`2026-11-24`) begins in a zone, ISO 8601 in UTC. Where the clocks skip midnight: the first moment after. */
export function startOfDay(day: string, timeZone: string): string {
  return instantOf(`${day}T00:00`, timeZone);
}

/** What a clock in the zone shows (`2026-11-24T14:02`) as an instant, ISO 8601 in UTC. */
export function instantOf(local: string, timeZone: string): string {
  const shown = Date.parse(`${local}Z`);
  const first = shown - offsetMs(shown, timeZone);
  // The offset at that moment, which the first try may have missed by the hour of a change of clocks.
  return new Date(shown - offsetMs(first, timeZone)).toISOString();
}

/** True for a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
