import { Link } from "@tanstack/react-router";
import { buttonClass } from "@/components/button-style";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";

export function BackLink() {
  return (
    <Link to="/admin/identity" className={buttonClass("ghost")}>
      <Icon name="chevron-left" />
      {t("All ways in")}
    </Link>
  );
}
