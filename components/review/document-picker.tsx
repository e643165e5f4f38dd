import { Combobox } from '@base-ui/react/combobox'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { callApi, sentenceOf } from '../call-api'
import { numberWords } from '../home/document-words'
import { classes } from '../ui/classes'
import { inputClass } from '../ui/field'
import { useSettled } from '../use-settled'

export interface PickedDocument {
  readonly id: string
  readonly number: string | null
  readonly title: string
}

export interface DocumentPickerProps {
  readonly label: string
  /** This one is not offered. */
  readonly except: string
  readonly value: PickedDocument | null
  readonly onChange: (document: PickedDocument | null) => void
}

/** Finds a document that the person may read by words of its title. */
export function DocumentPicker({ label, except, value, onChange }: DocumentPickerProps) {
  const id = useId()
  const [text, setText] = useState('')
  const q = useSettled(text.trim())
  const found = useQuery({
    queryKey: ['documents', 'picker', q],
    queryFn: ({ signal }) => callApi('listDocuments', { query: { q, limit: 9 }, signal }),
    placeholderData: keepPreviousData,
  })
  const items: PickedDocument[] = (found.data?.items ?? []).filter((document) => document.id !== except)
  const word = found.isError
    ? sentenceOf(found.error)
    : items.length > 0
      ? null
      : found.isPending || text.trim() !== q
        ? 'Looking…'
        : q === ''
          ? 'There is no other document that you may read.'
          : `No title with “${q}”.`
  return (
    <Combobox.Root
      items={items}
      value={value}
      inputValue={text}
      filter={null}
      autoHighlight
      itemToStringLabel={(document: PickedDocument) => document.title}
      isItemEqualToValue={(one: PickedDocument, other: PickedDocument) => one.id === other.id}
      onInputValueChange={setText}
      onValueChange={(document: PickedDocument | null) => onChange(document)}
    >
      <div className="flex min-w-0 flex-col gap-1.5">
        <label htmlFor={id} className="font-[550] text-ink-2 text-s">
          {label}
        </label>
        <Combobox.Input id={id} placeholder="Words of its title" className={classes(inputClass)} />
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Combobox.Popup className="max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] overflow-y-auto rounded-m border border-line bg-raised p-1 text-ink shadow-float outline-none">
            <Combobox.Status>
              {word && <p className="px-2.5 py-2 text-ink-3 text-s">{word}</p>}
            </Combobox.Status>
            <Combobox.List>
              {(document: PickedDocument) => (
                <Combobox.Item
                  key={document.id}
                  value={document}
                  className="flex min-h-9 cursor-default select-none items-baseline gap-2.5 rounded-[5px] px-2.5 py-1.5 text-s outline-none data-[highlighted]:bg-sunk"
                >
                  <span className="shrink-0 text-ink-3 text-xs tabular-nums">
                    {numberWords(document.number)}
                  </span>
                  <span className="min-w-0 flex-1 truncate">{document.title}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
