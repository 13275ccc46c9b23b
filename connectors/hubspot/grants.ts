/** How to give a private app what a call needs, for an administrator. */
export const GRANT = (...scopes: string[]) =>
  `Give the app the scope ${scopes.join(' and ')} (Settings > Integrations > Private apps > the app > Scopes).`;
