import { useState } from "react";
import { useQuery } from "urql";
import { PageBar } from "@/app/PageBar";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ErrorPanel } from "@/components/Panel";
import { Segmented } from "@/components/Segmented";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { errorMessage } from "@/graphql/errors";
import { t } from "@/i18n";
import { useMedia } from "@/lib/media";
import { RoleMatrixDocument } from "./__generated__";
import { Matrix } from "./Matrix";
import type { Edits, Role } from "./model";
import { OneRole } from "./OneRole";
import { RoleDialog } from "./RoleDialog";
import { SaveBar } from "./SaveBar";
import type { RolesSearch } from "./search";
import { Why } from "./Why";

type Props = { readonly search: RolesSearch; readonly onSearch: (search: RolesSearch, push?: boolean) => void };

/** What the roles permit, as a matrix that is edited in place; and what that comes to for one person. */
export function RolesPage({ search, onSearch }: Props) {
  const [edits, setEdits] = useState<Edits>({});
  const [copied, setCopied] = useState<Role | "new" | null>(null);
  const [{ data, error, fetching }, again] = useQuery({ query: RoleMatrixDocument, requestPolicy: "cache-and-network" });
  const refresh = () => again({ requestPolicy: "network-only" });
  const slow = useSlow(fetching && !data);
  const why = search.view === "why";
  const show = (view: "matrix" | "why") => onSearch({ ...search, view: view === "why" ? view : undefined } as RolesSearch, true);
  return (
    <>
      <PageBar title={why ? t("Explain access") : t("Roles")}>
        <Segmented
          label={t("View")}
          value={why ? "why" : "matrix"}
          onChange={show}
          options={[
            { value: "matrix", label: t("Matrix") },
            { value: "why", label: t("Explain") },
          ]}
        />
        {!why && (
          <Button variant="primary" onPress={() => setCopied("new")}>
            <Icon name="plus" />
            <span className="max-sm:sr-only">{t("New role")}</span>
          </Button>
        )}
      </PageBar>
      {error && !data && <ErrorPanel message={errorMessage(error)} onRetry={refresh} />}
      {slow && <Waiting />}
      {data && why && <Why search={search} permissions={data.permissions} onSearch={onSearch} />}
      {data && !why && (
        <MatrixView
          data={data}
          edits={edits}
          onEdits={setEdits}
          role={search.role}
          onRole={(role) => onSearch({ ...search, role })}
          onCopy={setCopied}
          onChanged={refresh}
        />
      )}
      {copied && data && (
        <RoleDialog
          roles={data.roles}
          from={copied === "new" ? null : copied}
          onClose={() => setCopied(null)}
          onSaved={(role) => [refresh(), onSearch({ ...search, role })]}
        />
      )}
    </>
  );
}

type ViewProps = {
  readonly data: { readonly permissions: Parameters<typeof Matrix>[0]["permissions"]; readonly roles: readonly Role[] };
  readonly edits: Edits;
  readonly onEdits: (edits: Edits) => void;
  readonly role: string | undefined;
  readonly onRole: (key: string) => void;
  readonly onCopy: (role: Role) => void;
  readonly onChanged: () => void;
};

function MatrixView({ data, edits, onEdits, role, onRole, onCopy, onChanged }: ViewProps) {
  const wide = useMedia("(min-width: 768px)");
  const shared = { permissions: data.permissions, roles: data.roles, edits, onEdits, onCopy, onChanged };
  return (
    <>
      {wide ? <Matrix {...shared} /> : <OneRole {...shared} chosen={role} onChoose={onRole} />}
      <SaveBar roles={data.roles} edits={edits} onEdits={onEdits} />
    </>
  );
}

function Waiting() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-2 px-4 py-4 md:px-5">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
        <Skeleton key={row} className="h-12" />
      ))}
    </div>
  );
}
