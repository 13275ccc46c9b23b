import { z } from 'zod';

/** Somebody at the page, known by a cookie. Instants are UTC. */
export const Session = z.strictObject({
  /** SHA-256 of the cookie (256 random bits), hex; the cookie itself is given to the browser and never kept. */
  hash: z.string(),
  /** Id of the access token that it stands for; null = an invitation's. */
  token: z.string().nullable(),
  /** Id of the invitation that it answers; null = a token's. */
  invitation: z.string().nullable(),
  created_at: z.date(),
  /** Last sign of life, at most a minute late. */
  seen_at: z.date(),
  /** Over then, however busy it was. */
  expires_at: z.date(),
});
export type Session = z.infer<typeof Session>;
