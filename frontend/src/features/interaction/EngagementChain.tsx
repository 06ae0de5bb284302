import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { Icon } from "@/components/Icon";
import { t } from "@/i18n";
import { interactionAddress } from "@/lib/addresses";
import { clock } from "@/lib/format";
import type { Interaction } from "./model/types";

type Sibling = Interaction["engagement"]["interactions"][number];

/** The contacts of one engagement in their order; this one is ringed. */
export function EngagementChain({ interaction }: { readonly interaction: Interaction }) {
  const siblings = interaction.engagement.interactions;
  if (siblings.length < 2) return null;
  return (
    <nav
      aria-label={t("Engagement")}
      className="flex min-w-0 items-center gap-2.5 max-lg:order-last max-lg:w-full max-lg:pt-1 max-lg:pb-0.5 max-md:px-2"
    >
      <p className="figures hidden text-right text-axis whitespace-nowrap text-ink-3 xl:block">
        {t("Engagement")}
        <br />
        {t("{count} contacts", { count: siblings.length })}
      </p>
      <ol className="flex min-w-0 items-center overflow-x-auto p-0.5 [scrollbar-width:none]">
        {siblings.map((one, index) => (
          <Fragment key={one.id}>
            {index > 0 && (
              <li aria-hidden="true" className="shrink-0 text-ink-3 md:w-3 md:border-t md:border-line-2">
                <Icon name="chevron-right" size={13} className="md:hidden" />
              </li>
            )}
            <li className="shrink-0">
              <Contact contact={one} isHere={one.id === interaction.id} />
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}

function Contact({ contact, isHere }: { readonly contact: Sibling; readonly isHere: boolean }) {
  const who = [contact.agent?.name, contact.durationMs !== null && clock(contact.durationMs)].filter(Boolean).join(", ");
  return (
    <Link
      to={interactionAddress(contact.id)}
      aria-current={isHere ? "page" : undefined}
      className={`flex h-7 items-center gap-2 rounded-card px-2.5 whitespace-nowrap motion-fade hover:bg-sunken md:h-10 touch:h-11 ${isHere ? "shadow-[inset_0_0_0_1.5px_var(--ink)]" : "shadow-[inset_0_0_0_1px_var(--line-2)]"}`}
    >
      <span
        className={`figures flex size-5 items-center justify-center rounded-full text-axis font-semibold ${isHere ? "bg-ink text-on-ink" : "bg-sunken text-ink-2"}`}
      >
        {contact.position}
      </span>
      <span className="flex flex-col">
        <span className="text-meta font-medium">{contact.queue?.name ?? t("No queue")}</span>
        <span className="figures hidden text-axis text-ink-3 md:block">{who}</span>
      </span>
    </Link>
  );
}
