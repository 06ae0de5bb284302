/** The look of a conversation beside the form: agent above the line, consumer below. An ornament, hidden from assistive technology. */
const bars = 96;

export function ShapeOfACall() {
  return (
    <div aria-hidden="true" className="relative hidden overflow-hidden border-l border-line bg-canvas lg:block">
      <svg aria-hidden="true" viewBox={`0 0 ${bars * 10} 420`} className="absolute inset-x-0 top-1/2 w-full -translate-y-1/2">
        <line x1={0} x2={bars * 10} y1={210} y2={210} strokeWidth={1} strokeDasharray="2 5" className="stroke-line-3" />
        {Array.from({ length: bars }, (_, index) => index).map((index) => (
          <Bar key={index} index={index} />
        ))}
      </svg>
      <div className="absolute inset-0 bg-linear-to-r from-canvas via-transparent to-canvas" />
    </div>
  );
}

function Bar({ index }: { readonly index: number }) {
  const { agent, height } = level(index);
  const y = agent ? 206 - height : 214;
  return (
    <rect x={index * 10 + 3} y={y} width={4} height={height} rx={2} className={agent ? "fill-agent" : "fill-consumer"} opacity={0.85} />
  );
}

/** Turns of uneven length and a slow swell: sums of sines, so that it looks the same every time. */
export function level(index: number): { readonly agent: boolean; readonly height: number } {
  const turn = Math.sin(index * 0.37) + 0.8 * Math.sin(index * 0.141 + 1.4);
  const voice = Math.abs(Math.sin(index * 1.7)) * 0.6 + Math.abs(Math.sin(index * 0.63 + 2)) * 0.4;
  const pause = Math.abs(turn) < 0.12 ? 0.08 : 1;
  return { agent: turn >= 0, height: Math.round((6 + 92 * voice * Math.min(1, Math.abs(turn) + 0.35)) * pause) + 2 };
}
