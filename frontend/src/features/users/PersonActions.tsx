import { useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { type PersonFragment, ResetPasswordDocument, UpdateUserDocument } from "./__generated__";
import { OnePassword } from "./AddUser";

type Asked = "deactivate" | "activate" | "password" | null;

/** What can be done to the person as a whole, each after one question. */
export function PersonActions({ user }: { readonly user: PersonFragment }) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  return (
    <>
      <MenuTrigger>
        <Button>
          {t("Actions")}
          <Icon name="chevron-down" />
        </Button>
        <Menu aria-label={t("Actions")} onAction={(key) => setAsked(key as Asked)}>
          <MenuItem id="password" icon="lock">
            {t("Reset password")}
          </MenuItem>
          {user.active ? (
            <MenuItem id="deactivate" icon="minus">
              {t("Deactivate")}
            </MenuItem>
          ) : (
            <MenuItem id="activate" icon="check">
              {t("Activate again")}
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      <Activity user={user} asked={asked} onClose={close} />
      {asked === "password" && <Password user={user} onClose={close} />}
    </>
  );
}

type PartProps = { readonly user: PersonFragment; readonly onClose: () => void };

function Activity({ user, asked, onClose }: PartProps & { readonly asked: Asked }) {
  const update = useAction(UpdateUserDocument);
  const { name } = user;
  const close = () => [update.clear(), onClose()];
  const set = async (active: boolean) => {
    const payload = await update.run({ input: { id: user.id, active } });
    if (!payload) return;
    close();
    toast(active ? t("{name} can sign in again", { name }) : t("{name} is deactivated", { name }));
  };
  const common = { onClose: close, refusal: update.refusal?.message ?? null };
  return (
    <>
      <Confirm
        {...common}
        title={t("Deactivate {name}?", { name })}
        isOpen={asked === "deactivate"}
        verb={t("Deactivate")}
        onConfirm={() => set(false)}
      >
        {t("They are signed out everywhere at once and cannot sign in. Their seat becomes free. What they did stays under their name.")}
      </Confirm>
      <Confirm
        {...common}
        title={t("Activate {name} again?", { name })}
        isOpen={asked === "activate"}
        danger={false}
        verb={t("Activate")}
        onConfirm={() => set(true)}
      >
        {t("They can sign in again with the roles that they held. A seat has to be assigned anew.")}
      </Confirm>
    </>
  );
}

/** Asks, then shows the new password once. */
function Password({ user, onClose }: PartProps) {
  const [password, setPassword] = useState<string | null>(null);
  const reset = useAction(ResetPasswordDocument);
  const { name } = user;
  if (password !== null)
    return (
      <Dialog title={t("New password of {name}", { name })} isOpen onClose={onClose} width="max-w-md">
        <OnePassword password={password} />
      </Dialog>
    );
  return (
    <Confirm
      title={t("Reset the password of {name}?", { name })}
      isOpen
      onClose={onClose}
      verb={t("Reset password")}
      refusal={reset.refusal?.message ?? null}
      onConfirm={async () => setPassword((await reset.run({ id: user.id }))?.password ?? null)}
    >
      {t("The present password ends now, and so does every session. A new one is made and shown once.")}
    </Confirm>
  );
}
