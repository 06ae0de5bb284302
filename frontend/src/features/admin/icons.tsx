/** The icons of the administration's navigation, on the same grid as the product's others; loaded with it alone. */
const paths = {
  analyses: "M20 6v5h-5M4 18v-5h5M5.5 9.5A7.5 7.5 0 0 1 19.6 11M18.5 14.5A7.5 7.5 0 0 1 4.4 13",
  audit: "M6 3.5h9l3.5 3.5v13.5H6ZM9.5 11h6M9.5 14.5h6M9.5 18h3.5",
  identity:
    "M4.5 5.5h15a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5ZM8.5 9a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM5.8 15.6a2.7 2.7 0 0 1 5.4 0M14 10h4M14 14h4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4M4 12h5M13 12h7M11 10v4",
  seat: "M7 4.5h8a2 2 0 0 1 2 2V13H8.5M7 4.5V16h12.5V13H17M9 16v4M17.5 16v4",
  team: "M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5ZM2.8 19.5a6.2 6.2 0 0 1 12.4 0M15.5 5.4a3.3 3.3 0 0 1 0 5.9M17.6 14.2a6.2 6.2 0 0 1 3.6 5.3",
  roles: "M4.5 4.5h15v15h-15ZM4.5 9.5h15M4.5 14.5h15M9.5 4.5v15M14.5 4.5v15",
  topics:
    "M4.5 5.5h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H10l-4 3.5v-3.5H4.5A1.5 1.5 0 0 1 3 13V7a1.5 1.5 0 0 1 1.5-1.5ZM20.5 9v8.5h-2V20l-2.8-2.5M7 8.8h6M7 11.4h4",
  token: "M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12.5 20 3.5M16 7.5l3 3M14 9.5l2 2",
} as const;

export type AdminIconName = keyof typeof paths;

export function AdminIcon({ name, className = "" }: { readonly name: AdminIconName; readonly className?: string }) {
  return (
    <svg aria-hidden="true" focusable="false" width={16} height={16} viewBox="0 0 24 24" className={`shrink-0 ${className}`}>
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
