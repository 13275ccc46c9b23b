/** JSON as the vendor writes it: ids are bare numbers, some beyond 2^53, which `JSON.stringify` cannot write by itself. */

const MARK = '@@id:';

/** Stands for an id until the text is written. */
class BareId {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
  toJSON(): string {
    return `${MARK}${this.digits}`;
  }
}

type VendorId = number | BareId;

export function showId(digits: string): VendorId {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : new BareId(digits);
}

export function writeJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(MARK) ? text.replaceAll(/"@@id:(\d+)"/g, '$1') : text;
}
