import { Icon } from "@/components/Icon";
import { t } from "@/i18n";

/** What the server answered, read out at once. */
export function Refused({ refusal, seconds }: { readonly refusal: string | null; readonly seconds: number }) {
  return (
    <div role="alert">
      {refusal && (
        <p className="flex gap-2 rounded-field bg-critical-soft px-3 py-2 text-critical-ink">
          <Icon name="alert" className="mt-0.5" />
          <Words message={refusal} seconds={seconds} />
        </p>
      )}
    </div>
  );
}

/** A countdown for the eye; read out once, as the server said it. */
function Words({ message, seconds }: { readonly message: string; readonly seconds: number }) {
  if (seconds <= 0) return message;
  return (
    <span>
      <span className="sr-only">{message}</span>
      <span aria-hidden="true">
        {t("Too many attempts. You can try again in {seconds, plural, one {# second} other {# seconds}}.", { seconds })}
      </span>
    </span>
  );
}
