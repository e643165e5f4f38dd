'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { normaliseTitle, titleLimits } from '../../lib/document'
import { callApi, newIdempotencyKey, sentenceOf } from '../call-api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { useSettled } from '../use-settled'
import { documentAddress, numberWords } from './document-words'
import { mergeFindings, tellingWords } from './similar'
import { TemplateChoice, type TemplateOption } from './template-choice'
import { titleError } from './title-error'
import { documentsKey } from './use-documents'

export interface NewDocumentDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  templates: readonly TemplateOption[]
}

export function NewDocumentDialog({ open, onOpenChange, templates }: NewDocumentDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New document">
      <NewDocumentForm templates={templates} onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

/** How long nobody types before titles like it are looked for: a question for each word. In ms. */
const similarPauseMs = 250

function useSimilar(title: string) {
  const words = tellingWords(useSettled(title, similarPauseMs))
  const query = useQuery({
    queryKey: ['similar', ...words],
    enabled: words.length > 0,
    queryFn: async ({ signal }) =>
      mergeFindings(
        await Promise.all(
          words.map(async (q) => (await callApi('listDocuments', { query: { q, limit: 5 }, signal })).items),
        ),
      ).slice(0, 3),
  })
  return useDeferredValue(words.length > 0 ? query.data : undefined) ?? []
}

function NewDocumentForm({
  templates,
  onCancel,
}: {
  templates: readonly TemplateOption[]
  onCancel: () => void
}) {
  const router = useRouter()
  const client = useQueryClient()
  const [title, setTitle] = useState('')
  const [templateKey, setTemplateKey] = useState(templates[0]?.key ?? 'blank')
  const [wrong, setWrong] = useState<string | null>(null)
  // One key for the life of the form: a second click, or a retry after a lost answer, makes no second document.
  const [attempt, setAttempt] = useState({ key: newIdempotencyKey(), of: '' })
  const similar = useSimilar(title)
  const create = useMutation({
    mutationFn: ({ body, key }: { body: { title: string; templateKey: string }; key: string }) =>
      callApi('createDocument', { body, idempotencyKey: key }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: documentsKey })
      router.push(documentAddress(made.id))
    },
  })
  const busy = create.isPending || create.isSuccess
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const clean = normaliseTitle(title)
    setWrong(clean === null ? titleError(title) : null)
    if (clean === null || busy) return
    const body = { title: clean, templateKey }
    const of = JSON.stringify(body)
    const key = attempt.of === of || attempt.of === '' ? attempt.key : newIdempotencyKey()
    setAttempt({ key, of })
    create.mutate({ body, key })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Title"
        value={title}
        onChange={(event) => {
          setTitle(event.target.value)
          setWrong(null)
        }}
        maxLength={titleLimits.max}
        autoComplete="off"
        placeholder="What is being designed?"
        error={wrong}
      />
      {similar.length > 0 && (
        <section aria-label="Similar documents" aria-live="polite" className="-mt-1 text-s">
          <p className="mb-1 text-ink-3 text-xs">Already there, perhaps the same:</p>
          <ul className="flex flex-col">
            {similar.map((document) => (
              <li key={document.id}>
                <a
                  href={documentAddress(document.id)}
                  className="-mx-2 flex items-baseline gap-3 rounded-s px-2 py-1 hover:bg-sunk"
                >
                  <span className="w-16 shrink-0 whitespace-nowrap text-ink-3 text-xs tabular-nums">
                    {numberWords(document.number)}
                  </span>
                  <span className="min-w-0 flex-1 truncate">{document.title}</span>
                  <span className="max-w-32 shrink-0 truncate text-ink-3 text-xs">{document.owner.name}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <TemplateChoice templates={templates} value={templateKey} onChange={setTemplateKey} />
      {create.isError && (
        <p role="alert" className="text-blocking text-s">
          {sentenceOf(create.error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button look="primary" type="submit" busy={busy}>
          Create
        </Button>
      </div>
    </form>
  )
}
