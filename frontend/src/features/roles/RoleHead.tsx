import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Confirm } from "@/components/Confirm";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { toast } from "@/components/Toast";
import { useAction } from "@/graphql/action";
import { t } from "@/i18n";
import { DeleteRoleDocument, ResetRoleDocument } from "./__generated__";
import type { Role } from "./model";
import { RenameDialog } from "./RoleDialog";

type Props = { readonly role: Role; readonly onCopy: () => void; readonly onChanged: () => void };
type Asked = "rename" | "reset" | "delete" | null;

/** The role's name, who holds it, whether it differs from what it was delivered as, and what can be done to it. */
export function RoleHead({ role, onCopy, onChanged }: Props) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const act = (key: string) => (key === "copy" ? onCopy() : setAsked(key as Asked));
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate font-semibold text-ink" title={role.description || role.name}>
          {role.name}
        </span>
        <MenuTrigger>
          <IconButton small label={t("Actions for the role {name}", { name: role.name })}>
            <Icon name="chevron-down" size={14} />
          </IconButton>
          <Menu aria-label={t("Actions")} onAction={(key) => act(String(key))}>
            <MenuItem id="rename">{t("Name and description")}</MenuItem>
            <MenuItem id="copy" icon="copy">
              {t("Copy")}
            </MenuItem>
            {role.isDefault && (
              <MenuItem id="reset" icon="retry" isDisabled={!role.isChanged}>
                {t("Reset to default")}
              </MenuItem>
            )}
            {!role.isDefault && (
              <MenuItem id="delete" icon="close">
                {t("Delete")}
              </MenuItem>
            )}
          </Menu>
        </MenuTrigger>
      </div>
      <div className="flex min-h-5 items-center gap-1.5 text-meta">
        <Link to="/admin/users" search={{ role: role.key }} className="figures whitespace-nowrap text-ink-2 hover:text-ink hover:underline">
          {t("{holders, plural, =0 {Nobody} one {# person} other {# people}}", { holders: role.holders })}
        </Link>
        {role.isChanged && (
          <Chip tone="indicator" title={t("Its permissions differ from those it was delivered with.")}>
            {t("Changed")}
          </Chip>
        )}
        {!role.isDefault && <Chip tone="outline">{t("Custom")}</Chip>}
      </div>
      <Reset role={role} isOpen={asked === "reset"} onClose={close} onChanged={onChanged} />
      <Delete role={role} isOpen={asked === "delete"} onClose={close} onChanged={onChanged} />
      {asked === "rename" && <RenameDialog role={role} onClose={close} />}
    </div>
  );
}

type AskProps = { readonly role: Role; readonly isOpen: boolean; readonly onClose: () => void; readonly onChanged: () => void };

function Reset({ role, isOpen, onClose, onChanged }: AskProps) {
  const reset = useAction(ResetRoleDocument);
  const { name } = role;
  const run = async () => {
    if (await reset.run({ key: role.key })) [toast(t("{name} is as delivered", { name })), onChanged(), onClose()];
  };
  return (
    <Confirm
      title={t("Reset {name}?", { name })}
      isOpen={isOpen}
      onClose={onClose}
      verb={t("Reset to default")}
      refusal={reset.refusal?.message ?? null}
      onConfirm={run}
    >
      {t(
        "{holders, plural, =0 {Nobody holds it now.} one {It changes at once what its holder may do.} other {It changes at once what its # holders may do.}} The changes made to it are lost.",
        {
          holders: role.holders,
        },
      )}
    </Confirm>
  );
}

function Delete({ role, isOpen, onClose, onChanged }: AskProps) {
  const remove = useAction(DeleteRoleDocument);
  const { name } = role;
  const run = async () => {
    if (await remove.run({ key: role.key })) [toast(t("{name} deleted", { name })), onChanged(), onClose()];
  };
  return (
    <Confirm
      title={t("Delete {name}?", { name })}
      isOpen={isOpen}
      onClose={onClose}
      verb={t("Delete role")}
      refusal={remove.refusal?.message ?? null}
      onConfirm={run}
    >
      {role.holders > 0
        ? t("{holders, plural, one {# person holds} other {# people hold}} it: give them another role first.", { holders: role.holders })
        : t("Nobody holds it. It cannot be brought back.")}
    </Confirm>
  );
}
