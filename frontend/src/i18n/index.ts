/**
 * Every sentence of the product goes through `t`. The English sentence is its own key, in ICU message format and as a plain literal:
 * `t("{count, plural, one {# match} other {# matches}}", { count })`. Sentences with values are compiled at build time
 * (scripts/messages.mjs). A further language is a catalogue loaded before the first render.
 */
import { type Messages, setupI18n } from "@lingui/core";

const i18n = setupI18n({ locale: "en", messages: { en: {} } });

/** Called by the build at the top of each module, with the compiled sentences that the module says. */
export function keep(messages: Messages): void {
  i18n.load("en", messages);
}

export function t(message: string, values?: Record<string, unknown>): string {
  // A plain sentence that no catalogue translates is its own English.
  if (!(message in i18n.messages)) return message;
  return values ? i18n._(message, values) : i18n._(message);
}

export function locale(): string {
  return i18n.locale;
}
