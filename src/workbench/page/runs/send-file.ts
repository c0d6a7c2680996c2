import { useMutation } from '@tanstack/react-query'
import type { Run } from '../../contract'
import { request, uploadFile } from '../api/request'

/**
 * Sends files of events, one after another. Their progress comes with the state of the workbench. What goes wrong after the
 * beginning is part of the run, so only a file that cannot be begun is an error here.
 */
export function useSendFiles() {
  return useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        const { id } = await request<Run>('POST', 'runs/file', { name: file.name, bytes: file.size })
        await uploadFile(`runs/${id}/content`, file).catch(() => undefined)
      }
    }
  })
}
