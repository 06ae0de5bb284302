import { Link } from "@tanstack/react-router";
import { Avatar } from "@/components/Avatar";
import { Chip } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { cellClass, headClass, linkRowClass, rowLinkClass, Table } from "@/components/Table";
import { t } from "@/i18n";
import { accountRoleLabel, sourceLabel } from "@/lib/access";
import { dateTime } from "@/lib/format";
import { useZone } from "@/lib/viewer";
import type { PersonRowFragment } from "./__generated__";

type Props = { readonly rows: readonly PersonRowFragment[]; readonly busy: boolean };

/** Six columns; a narrow window keeps the first, with the rest of what matters below the name. */
export function UsersTable({ rows, busy }: Props) {
  const head = (
    <>
      <th scope="col" className={headClass}>
        {t("Name")}
      </th>
      <th scope="col" className={`${headClass} max-md:hidden`}>
        {t("Seat")}
      </th>
      <th scope="col" className={`${headClass} max-md:hidden`}>
        {t("Roles")}
      </th>
      <th scope="col" className={`${headClass} max-xl:hidden`}>
        {t("Team")}
      </th>
      <th scope="col" className={`${headClass} max-xl:hidden`}>
        {t("Added")}
      </th>
      <th scope="col" className={`${headClass} text-right! max-lg:hidden`}>
        {t("Last seen")}
      </th>
    </>
  );
  return (
    <Table label={t("Users")} busy={busy} head={head}>
      {rows.map((user) => (
        <Row key={user.id} user={user} />
      ))}
    </Table>
  );
}

function Row({ user }: { readonly user: PersonRowFragment }) {
  const zone = useZone();
  return (
    <tr className={`${linkRowClass} ${user.active ? "" : "text-ink-2"}`}>
      <th scope="row" className={`${cellClass} max-w-0 py-1.5 text-left font-normal md:w-[34%]`}>
        <Name user={user} />
      </th>
      <td className={`${cellClass} max-md:hidden`}>
        <SeatCell user={user} />
      </td>
      <td className={`${cellClass} max-md:hidden`}>
        <Roles user={user} />
      </td>
      <td className={`${cellClass} max-w-40 truncate max-xl:hidden`}>{user.agent?.team?.name}</td>
      <td className={`${cellClass} whitespace-nowrap text-ink-2 max-xl:hidden`}>{sourceLabel(user.source)}</td>
      <td className={`${cellClass} figures text-right whitespace-nowrap text-ink-2 max-lg:hidden`}>
        {user.lastSeenAt ? dateTime(user.lastSeenAt, zone) : t("Never")}
      </td>
    </tr>
  );
}

function Name({ user }: { readonly user: PersonRowFragment }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={user.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <Link to="/admin/users/$id" params={{ id: user.id }} className={`${rowLinkClass} truncate font-medium text-ink`}>
            {user.name}
          </Link>
          {user.accountRole !== "MEMBER" && <Chip tone="outline">{accountRoleLabel(user.accountRole)}</Chip>}
          {!user.active && <Chip>{t("Inactive")}</Chip>}
        </span>
        <span className="block truncate text-meta text-ink-2">{user.email}</span>
        <span className="mt-1 flex flex-wrap items-center gap-1.5 md:hidden">
          <SeatCell user={user} />
          <Roles user={user} />
        </span>
      </span>
    </span>
  );
}

/** A seat has a tick, its licence, and how it came; none says so. */
function SeatCell({ user }: { readonly user: PersonRowFragment }) {
  if (!user.seat) return <span className="whitespace-nowrap text-ink-3">{t("No seat")}</span>;
  return (
    <span className="inline-flex max-w-56 items-center gap-1.5 align-middle whitespace-nowrap">
      <Icon name="check" size={13} className="text-positive" />
      <span className="truncate">{user.seat.licence.name}</span>
      {user.seat.source !== "MANUAL" && <Chip>{sourceLabel(user.seat.source)}</Chip>}
    </span>
  );
}

const shown = 2;

function Roles({ user }: { readonly user: PersonRowFragment }) {
  const names = user.roles.map((held) => held.role.name);
  const rest = names.slice(shown);
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {names.slice(0, shown).map((name) => (
        <Chip key={name}>{name}</Chip>
      ))}
      {rest.length > 0 && (
        <span title={rest.join(", ")} className="text-meta text-ink-2">
          {t("+{count}", { count: rest.length })}
          <span className="sr-only"> {rest.join(", ")}</span>
        </span>
      )}
    </span>
  );
}
