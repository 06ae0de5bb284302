import { t } from "@/i18n";

export function SignInPage({ next }: { readonly next: string }) {
  return <main data-next={next}>{t("Sign in")}</main>;
}
