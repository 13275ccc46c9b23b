/** What vitest puts into `import.meta.env`. */
interface ImportMeta {
  readonly env: { readonly MODE: string };
}
