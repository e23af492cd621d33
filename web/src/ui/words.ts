// Times, heights and speeds as a reader wants them.

/** `9:41`, as the terminal has it. */
export function clock(time_s: number): string {
  const whole = Math.floor(Math.max(time_s, 0) + 1e-6);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function length(metres: number): string {
  if (Math.abs(metres) < 1000) return `${Math.round(metres)} m`;
  const km = metres / 1000;
  return `${trimmed(km)} km`;
}

export function altitude(metres: number): string {
  return metres < 950 ? `${Math.max(0, Math.round(metres))} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** A round number of kilometres stands without a decimal. */
function trimmed(km: number): string {
  const text = Math.abs(km) < 99.95 ? km.toFixed(1) : km.toFixed(0);
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

export function speed(metres_s: number): string {
  return `${Math.round(metres_s)} m/s`;
}

export function bearing(deg: number): string {
  return `${String(Math.round(((deg % 360) + 360) % 360) % 360).padStart(3, "0")}°`;
}

export function percent(share: number): string {
  const value = 100 * share;
  return value > 99.5 ? "> 99 %" : value < 0.5 ? "< 1 %" : `${Math.round(value)} %`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
