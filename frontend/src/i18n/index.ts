/**
 * Every sentence of the product goes through `t`. The English sentence is its own key, in ICU message format:
 * `t("{count, plural, one {# match} other {# matches}}", { count })`. A further language is a catalogue loaded before the first render.
 */
import { setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";

const i18n = setupI18n({ locale: "en", messages: { en: {} } });
i18n.setMessagesCompiler(compileMessage);

export function t(message: string, values?: Record<string, unknown>): string {
  return values ? i18n._(message, values) : i18n._(message);
}

export function locale(): string {
  return i18n.locale;
}
