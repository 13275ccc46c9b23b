/** A customer by its mail domains. */
interface ByDomain {
  readonly id: string;
  readonly domains: readonly string[];
}

/** Whose contact somebody is: customers by mail domain, and by contact where the vendor lists contacts. */
export interface Customers {
  /** Null = several customers have it, which says nothing. */
  readonly domains: ReadonlyMap<string, string | null>;
  readonly contacts: ReadonlyMap<string, string>;
}

/** Customers with their domains, and pairs of a contact and its customer. */
export function toCustomers(
  all: readonly ByDomain[],
  contacts: readonly (readonly [contact: string, customer: string])[] = [],
): Customers {
  const domains = new Map<string, string | null>();
  for (const { id, domains: own } of all)
    for (const domain of new Set(own.map((one) => one.trim().toLowerCase())))
      domains.set(domain, domains.has(domain) ? null : id);
  return { domains, contacts: new Map(contacts) };
}

/** The customer of somebody: by the contact, else by the domain of the address; null where neither tells. */
export function customerOf(
  { domains, contacts }: Customers,
  contact: string | null,
  address: string | null,
): string | null {
  const domain = address?.trim().toLowerCase().split('@')[1];
  return contacts.get(contact ?? '') ?? domains.get(domain ?? '') ?? null;
}
