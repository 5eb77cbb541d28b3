// SPDX-License-Identifier: EUPL-1.2
import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from './client'
import { queries } from './queries'
import type { Message } from './schema'

/** A job at work, as ui/progress shows it: how far it is, what it is doing, and a way to stop it. */
export function useJob(job: string) {
  const asked = useQuery(queries.job(job))
  const cancel = useMutation({ mutationFn: () => client.cancelJob(job) })
  return {
    share: asked.data?.progress ?? 0,
    said: asked.data?.detail ? parsedDetail(asked.data.detail) : null,
    onCancel: () => cancel.mutate(),
    cancelling: cancel.isPending || cancel.isSuccess,
  }
}

/** What a job says of itself. */
export function parsedDetail(json: string): Message | null {
  try {
    return JSON.parse(json) as Message
  } catch {
    return null
  }
}
