import { useQuery } from "urql";
import { LicenceChoicesDocument, type MappingTarget, RoleChoicesDocument, TeamChoicesDocument } from "../__generated__";

export type GivesChoice = { readonly value: string; readonly label: string };
/** What a rule can give, by target. Undefined where the viewer may not list it, or while it loads. */
export type Choices = Readonly<Record<MappingTarget, readonly GivesChoice[] | undefined>>;

export function useChoices(): Choices {
  const [{ data: roles }] = useQuery({ query: RoleChoicesDocument });
  const [{ data: usage }] = useQuery({ query: LicenceChoicesDocument });
  const [{ data: teams }] = useQuery({ query: TeamChoicesDocument });
  const byKey = ({ key, name }: { readonly key: string; readonly name: string }): GivesChoice => ({ value: key, label: name });
  return {
    LICENCE: usage?.seatUsage.licences.map(byKey),
    ROLE: roles?.roles.map(byKey),
    TEAM: teams?.teams.map(({ name }) => ({ value: name, label: name })),
  };
}
