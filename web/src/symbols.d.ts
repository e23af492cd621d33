declare module "virtual:symbols" {
  const baked: Record<string, { svg: string; width: number; height: number; x: number; y: number }>;
  export default baked;
}
