import { classes } from './classes'

/** How one of several looks that narrow a list. */
export const choiceClass = (isChosen: boolean): string =>
  classes(
    'whitespace-nowrap rounded-s px-2.5 py-1.5 font-medium text-s transition-colors pointer-coarse:py-2.5',
    isChosen ? 'bg-sunk text-ink' : 'text-ink-3 hover:bg-sunk hover:text-ink active:bg-line',
  )

export interface ChoiceProps<Value> {
  /** What is chosen, for who does not see it. */
  readonly legend: string
  readonly choices: readonly { readonly value: Value; readonly text: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** Buttons of which one is pressed. Where there is no room for all of them, they scroll. */
export function Choice<Value extends string | null>({
  legend,
  choices,
  value,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <fieldset className="-mx-0.5 flex min-w-0 max-w-full items-center gap-1 overflow-x-auto p-0.5">
      <legend className="sr-only">{legend}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className={choiceClass(choice.value === value)}
        >
          {choice.text}
        </button>
      ))}
    </fieldset>
  )
}
