import { Drawing } from "./Icon";

/** Icons that only the pages of setting up use; loaded with them. */
const paths = {
  "arrow-right": "M5 12h14M13 6l6 6-6 6",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  download: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  trash: "M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l1 13h9l1-13M10.5 10.5v5.5M13.5 10.5v5.5",
} as const;

export type SetUpIconName = keyof typeof paths;

type IconProps = { readonly name: SetUpIconName; readonly size?: number; readonly className?: string };

export function SetUpIcon({ name, ...rest }: IconProps) {
  return <Drawing path={paths[name]} {...rest} />;
}
