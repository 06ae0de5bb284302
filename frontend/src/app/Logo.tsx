import { Icon } from "@/components/Icon";

export function Logo() {
  return (
    <span aria-hidden="true" className="flex size-6 shrink-0 items-center justify-center rounded-field bg-ink text-on-ink">
      <Icon name="waves" size={16} />
    </span>
  );
}
