'use client'

import { useId } from 'react'

export interface TemplateOption {
  key: string
  name: string
  /** One sentence: what it is for. */
  description: string
}

export interface TemplateChoiceProps {
  templates: readonly TemplateOption[]
  value: string
  onChange: (key: string) => void
}

/** What a document begins with. */
export function TemplateChoice({ templates, value, onChange }: TemplateChoiceProps) {
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-[550] text-ink-2 text-s">Template</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {templates.map((template) => (
          <label
            key={template.key}
            className="flex cursor-pointer gap-2.5 rounded-s border border-line px-3 py-2.5 transition-colors hover:border-ink-4 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={name}
              value={template.key}
              checked={template.key === value}
              onChange={() => onChange(template.key)}
              className="mt-[3px] size-3.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block font-[560] text-s">{template.name}</span>
              <span className="block text-ink-2 text-xs">{template.description}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
