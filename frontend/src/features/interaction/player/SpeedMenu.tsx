import { Button } from "@/components/Button";
import { Menu, MenuItem, MenuTrigger } from "@/components/Menu";
import { t } from "@/i18n";
import { number } from "@/lib/format";
import { useConversation } from "../conversation";
import { rates, usePlaybackState } from "../playback";
import { rememberRate } from "../usePlayer";

const text = (rate: number) => `${number(rate, rate % 1 === 0 ? 0 : rate % 0.5 === 0 ? 1 : 2)}×`;

/** Speed of playback; remembered for the next recording. */
export function SpeedMenu() {
  const { playback } = useConversation();
  const { rate } = usePlaybackState(playback);
  const choose = (next: number) => {
    playback.setRate(next);
    rememberRate(next);
  };
  return (
    <MenuTrigger>
      <Button variant="ghost" size="small" aria-label={t("Speed {rate}", { rate: text(rate) })} className="figures">
        {text(rate)}
      </Button>
      <Menu
        aria-label={t("Speed")}
        selectionMode="single"
        selectedKeys={[String(rate)]}
        onAction={(key) => choose(Number(key))}
        items={rates.map((one) => ({ id: String(one), label: text(one) }))}
        className="figures min-w-28"
      >
        {(item) => <MenuItem id={item.id}>{item.label}</MenuItem>}
      </Menu>
    </MenuTrigger>
  );
}
