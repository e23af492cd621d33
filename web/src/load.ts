// The bytes of the scene: out of the page itself, or from the file beside it.

/** Bytes of the scene that the page holds, or else of `scene.bin` beside it. */
export async function sceneBytes(): Promise<Uint8Array> {
  const inside = document.getElementById("scene")?.textContent?.trim();
  if (inside) return fromBase64(inside);
  const answer = await fetch("scene.bin");
  if (!answer.ok) throw new Error(`scene.bin: the server says ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
