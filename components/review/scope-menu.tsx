import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronDown } from 'lucide-react'
import { Button } from '../ui/button'
import { classes } from '../ui/classes'

export interface ScopeMenuProps {
  /** Whose part it is, for screen readers. */
  readonly name: string
  readonly sections: readonly { readonly id: string; readonly name: string; readonly depth: number }[]
  /** Null: the whole document. */
  readonly value: readonly string[] | null
  readonly onChange: (sectionIds: readonly string[] | null) => void
}

const itemClass =
  'grid min-h-8 cursor-default select-none grid-cols-[16px_minmax(0,1fr)] items-center gap-2 rounded-[5px] px-2.5 py-1 text-s text-ink outline-none pointer-coarse:min-h-10 data-[highlighted]:bg-sunk'

/** For which sections somebody is asked; a section brings those within it. */
export function ScopeMenu({ name, sections, value, onChange }: ScopeMenuProps) {
  const chosen = new Set(value ?? [])
  const toggle = (id: string, on: boolean) => {
    const next = sections.filter((section) => (section.id === id ? on : chosen.has(section.id)))
    onChange(next.length > 0 ? next.map((section) => section.id) : null)
  }
  const words =
    value === null
      ? 'Whole document'
      : value.length === 1
        ? (sections.find((section) => section.id === value[0])?.name ?? '1 section')
        : `${value.length} sections`
  return (
    <Base.Root modal={false}>
      <Base.Trigger
        render={
          <Button
            size="s"
            look="quiet"
            className="max-w-52 !px-2"
            aria-label={`Sections for ${name}: ${words}`}
          >
            <span className="min-w-0 truncate">{words}</span>
            <ChevronDown size={14} aria-hidden="true" className="text-ink-3" />
          </Button>
        }
      />
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="max-h-[min(var(--available-height),320px)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-m border border-line bg-raised p-1 shadow-float outline-none">
            <Base.CheckboxItem
              checked={value === null}
              onCheckedChange={() => onChange(null)}
              closeOnClick
              className={itemClass}
            >
              <Tick />
              <span className="col-start-2 row-start-1">Whole document</span>
            </Base.CheckboxItem>
            <Base.Separator className="mx-1.5 my-1 h-px bg-line-soft" />
            {sections.map((section) => (
              <Base.CheckboxItem
                key={section.id}
                checked={chosen.has(section.id)}
                onCheckedChange={(on) => toggle(section.id, on)}
                className={itemClass}
              >
                <Tick />
                <span
                  className={classes(
                    'col-start-2 row-start-1 truncate',
                    section.depth > 1 && 'pl-3 text-ink-2',
                  )}
                >
                  {section.name}
                </span>
              </Base.CheckboxItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const Tick = () => (
  <Base.CheckboxItemIndicator className="col-start-1 row-start-1">
    <Check size={15} className="text-accent" aria-hidden="true" />
  </Base.CheckboxItemIndicator>
)
