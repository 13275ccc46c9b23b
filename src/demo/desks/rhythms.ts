/** Weights of the hours of a day, local midnight first: business customers write in the morning and after lunch. */
export const OFFICE_HOURS = [
  0.3, 0.2, 0.2, 0.2, 0.3, 0.6, 1.5, 4, 8, 10, 10, 9, 7, 8, 9, 9, 8, 6, 3.5, 2.2, 1.6, 1.2, 0.8, 0.5,
] as const;

/** Customers on every continent. */
export const ROUND_THE_CLOCK = [
  5, 5, 5.5, 6, 6.5, 7, 8, 9, 9.5, 10, 10, 9.5, 9, 9.5, 10, 10, 9.5, 9, 8.5, 8, 7, 6.5, 6, 5.5,
] as const;

/** Sunday first. */
export const WORKING_WEEK = [1.2, 10, 9.5, 9, 9, 8, 1.8] as const;
export const WHOLE_WEEK = [6, 9, 9, 9, 9, 8.5, 6.5] as const;
