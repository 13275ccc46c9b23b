import type { Api } from './types.ts';

/** Routes of this corner are given the body as bytes; elsewhere a body is JSON. */
export function takeBytes(corner: Api): void {
  corner.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}
