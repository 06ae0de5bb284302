import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Notice } from "@/components/Notice";
import { t } from "@/i18n";
import type { ForeseenFieldsFragment } from "../__generated__";

type Props = {
  readonly foreseen: ForeseenFieldsFragment;
  readonly refusal: string | null;
  readonly busy: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
};

/** What the new rules would do to everybody in the directory, before they are saved. */
export function ForeseenDialog({ foreseen, refusal, busy, onSave, onClose }: Props) {
  const { people, changing, seatsMissing, first } = foreseen;
  return (
    <Dialog title={t("What these rules change")} isOpen onClose={onClose} width="max-w-2xl">
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">
          {changing === 0
            ? t(
                "{people, plural, =0 {Nobody is in the directory yet.} one {Nothing changes for the one person in the directory.} other {Nothing changes for the # people in the directory.}}",
                { people },
              )
            : t("Something changes for {changing} of {people, plural, one {# person} other {# people}} in the directory.", {
                changing,
                people,
              })}
        </p>
        {changing > 0 && <Counts foreseen={foreseen} />}
        {seatsMissing > 0 && (
          <Notice tone="attention">
            {t(
              "{seatsMissing, plural, one {# person finds no seat left} other {# people find no seat left}}: release some, or raise the number that was bought.",
              { seatsMissing },
            )}
          </Notice>
        )}
        {first.length > 0 && (
          <ul aria-label={t("Who changes")} className="max-h-72 overflow-y-auto rounded-card border border-line">
            {first.map(({ user, changes }) => (
              <li key={user.id} className="border-b border-line px-3 py-2 last:border-0">
                <span className="block font-medium">{user.name}</span>
                <span className="block truncate text-meta text-ink-3">{user.email}</span>
                <span className="block text-ink-2">{changes.join(" ")}</span>
              </li>
            ))}
          </ul>
        )}
        {changing > first.length && first.length > 0 && (
          <p className="text-meta text-ink-3">{t("These are the first {shown}; the counts are of all.", { shown: first.length })}</p>
        )}
        {refusal && <Notice tone="critical">{refusal}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t("Cancel")}</Button>
          <Button variant="primary" onPress={onSave} aria-disabled={busy}>
            {busy ? t("Saving …") : t("Save and decide again")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Counts({ foreseen }: Pick<Props, "foreseen">) {
  const figures: readonly (readonly [string, number])[] = [
    [t("Seats given"), foreseen.seatsGiven],
    [t("Seats released"), foreseen.seatsReleased],
    [t("Seats moved"), foreseen.seatsMoved],
    [t("Roles changed"), foreseen.rolesChanged],
    [t("Teams changed"), foreseen.teamsChanged],
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {figures.map(([name, value]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-meta text-ink-3">{name}</dt>
          <dd className={`figures text-title font-semibold ${value === 0 ? "text-ink-3" : ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
