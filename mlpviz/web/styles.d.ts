// A style sheet as text: esbuild's loader for .css in the bundle.
declare module "*.css" {
  const text: string;
  export default text;
}
