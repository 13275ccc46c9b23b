import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';

export type Upload = components['schemas']['Upload'];

/** Brings a file to the server part by part; `told` hears how much of it is there, 0..1. */
export async function bringFile(workspace: string, file: File, told: (share: number) => void): Promise<Upload> {
  let upload = await dataOf(
    api.POST('/v1/workspaces/{workspace}/uploads', {
      params: { path: { workspace } },
      body: { name: file.name, bytes: file.size },
    }),
  );
  for (let part = 0; upload.received < file.size; part++) {
    const content = file.slice(upload.received, upload.received + upload.part_bytes);
    upload = await dataOf(
      api.PUT('/v1/workspaces/{workspace}/uploads/{id}/parts/{part}', {
        params: { path: { workspace, id: upload.id, part } },
        // The generated type of bytes is text.
        body: content as unknown as string,
        bodySerializer: (body) => body as unknown as Blob,
        headers: { 'content-type': 'application/octet-stream' },
      }),
    );
    told(upload.received / file.size);
  }
  return upload;
}
