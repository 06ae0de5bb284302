import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useMutation } from "urql";
import { Avatar } from "@/components/Avatar";
import { buttonClass } from "@/components/button-style";
import { Checkbox } from "@/components/Checkbox";
import { Icon } from "@/components/Icon";
import { KeyHint } from "@/components/KeyHint";
import { Segmented } from "@/components/Segmented";
import { SignOutDocument } from "@/graphql/__generated__";
import { t } from "@/i18n";
import { useLetters } from "@/lib/shortcuts";
import { chooseTheme, type ThemeChoice, themeChoice } from "@/lib/theme";
import { useViewer } from "@/lib/viewer";
import { showHelp } from "./Help";

type UserMenuProps = { readonly compact?: boolean; readonly phone?: boolean };

/** Who is signed in; theme, keys and sign-out behind it. The browser's own popover closes with Esc and gives the focus back. */
export function UserMenu({ compact = false, phone = false }: UserMenuProps) {
  const viewer = useViewer();
  const id = useId();
  const layout = phone
    ? "h-15 flex-col justify-center gap-1 text-meta font-medium text-ink-2"
    : `h-14 shrink-0 gap-2.5 border-t border-line hover:bg-sunken ${compact ? "justify-center" : "px-3"}`;
  return (
    <>
      <button type="button" popoverTarget={id} className={`flex items-center text-left motion-fade ${layout}`}>
        <Avatar name={viewer.name} accent />
        {compact && <span className="sr-only">{t("Account of {name}", { name: viewer.name })}</span>}
        {phone && t("You")}
        {!phone && !compact && <Who />}
      </button>
      <div
        id={id}
        popover="auto"
        className={`animate-pop fixed inset-auto m-0 w-72 rounded-pop border border-line bg-raised p-3 text-ink shadow-3 ${phone ? "right-3 bottom-18" : "bottom-4 left-4"}`}
      >
        <UserPanel popover={id} />
      </div>
    </>
  );
}

function Who() {
  const viewer = useViewer();
  return (
    <>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{viewer.name}</span>
        <span className="block truncate text-meta text-ink-2">{viewer.roles.join(", ") || t("No seat")}</span>
      </span>
      <Icon name="chevron-right" className="text-ink-3" />
    </>
  );
}

function UserPanel({ popover }: { readonly popover: string }) {
  const viewer = useViewer();
  const [theme, setTheme] = useState<ThemeChoice>(themeChoice);
  const [letters, setLetters] = useLetters();
  const [{ fetching }, signOut] = useMutation(SignOutDocument);
  const leave = async () => {
    const { data } = await signOut({});
    // A full load: nothing of this person's data stays in memory. The identity provider that began the session ends its own first.
    location.assign(data?.signOut.redirect ?? "/sign-in");
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="px-1">
        <p className="font-semibold">{viewer.name}</p>
        <p className="truncate text-meta text-ink-2">{viewer.email}</p>
        <p className="truncate text-meta text-ink-3">
          {viewer.roles.join(", ") || t("No seat")} · {viewer.account.name}
        </p>
      </div>
      <Segmented
        label={t("Theme")}
        className="w-full"
        value={theme}
        onChange={(choice) => [setTheme(choice), chooseTheme(choice)]}
        options={[
          { value: "light", label: t("Light"), icon: <Icon name="sun" /> },
          { value: "dark", label: t("Dark"), icon: <Icon name="moon" /> },
          { value: "system", label: t("System") },
        ]}
      />
      <Checkbox isSelected={letters} onChange={setLetters} className="-mx-1 touch:hidden">
        {t("Single-key shortcuts")}
      </Checkbox>
      <button
        type="button"
        popoverTarget={popover}
        popoverTargetAction="hide"
        onClick={showHelp}
        className={buttonClass("ghost", "medium", "-mx-1 justify-start! px-2! touch:hidden")}
      >
        <span className="flex-1 text-left">{t("Show the keys")}</span>
        <KeyHint keys="?" />
      </button>
      <Link
        to="/me"
        onClick={() => document.getElementById(popover)?.hidePopover()}
        className={buttonClass("ghost", "medium", "-mx-1 justify-start! px-2!")}
      >
        {t("Your account")}
      </Link>
      <button type="button" disabled={fetching} onClick={leave} className={buttonClass("default", "medium", "w-full")}>
        <Icon name="sign-out" />
        {t("Sign out")}
      </button>
    </div>
  );
}
