import { useQuery } from "urql";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover, PopoverTrigger } from "@/components/Popover";
import { t } from "@/i18n";
import { type Figure, FiguresDefinedDocument, type FiguresDefinedQuery } from "./__generated__";

export type Definition = FiguresDefinedQuery["figureDefinitions"][number];

/** What each figure is, by its name; empty until the server has said so. */
export function useDefinitions(): ReadonlyMap<Figure, Definition> {
  const [{ data }] = useQuery({ query: FiguresDefinedDocument });
  return new Map(data?.figureDefinitions.map((one) => [one.figure, one]));
}

type Props = { readonly name: string; readonly definition: Definition | undefined };

/** The button beside a name: what it is, and how far it can be trusted. */
export function Explained({ name, definition }: Props) {
  if (!definition) return null;
  return (
    <PopoverTrigger>
      <IconButton small label={t("What {figure} is", { figure: name })} className="size-6!">
        <Icon name="help" size={15} />
      </IconButton>
      <Popover label={name} className="w-[min(360px,calc(100vw-32px))]">
        <h3 className="mb-1.5 text-prompt font-semibold">{name}</h3>
        <p>{definition.definition}</p>
        <p className="mt-2 border-t border-line pt-2 text-meta text-ink-2">{definition.uncertainty}</p>
      </Popover>
    </PopoverTrigger>
  );
}
