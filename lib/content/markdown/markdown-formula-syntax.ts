import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown'
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'

/**
 * Formulas in Markdown. They are told from dollars by Pandoc's rule made stricter, since design documents are full of
 * `$HOME/$PATH` and `${A}-${B}`: an opening `$` has no letter, digit or `$` before it and no white space behind it; the
 * very next `$` has to close it, with no white space before it and nothing behind it that begins a name. GitHub's
 * `` $`…`$ `` has no such conditions. Between the signs nothing is Markdown. `$$…$$` opens and closes at line ends.
 *
 * Each attempt ends at the next dollar at the latest, so that a line of dollars is read in one pass.
 */
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula'
    formulaSign: 'formulaSign'
    formulaValue: 'formulaValue'
    displayMath: 'displayMath'
    displayMathSign: 'displayMathSign'
    displayMathLine: 'displayMathLine'
    displayMathEnd: 'displayMathEnd'
  }
}

const [dollar, backslash, backtick] = [36, 92, 96]

const isLineEnd = (code: Code): code is number => code !== null && code < -2
const isSpace = (code: Code): boolean => code !== null && (code < 0 || code === 32)

const isBlank = (code: Code): boolean => isSpace(code) && !isLineEnd(code)

/** Half a surrogate pair counts as a letter: what is not known is no formula. */
const isNamePart = (code: Code): boolean =>
  code !== null && code > 0 && /[\p{L}\p{N}\p{Cs}]/u.test(String.fromCharCode(code))

/** True for a character that may not stand before an opening `$`. */
export const isBeforeOpening = (code: Code): boolean => code === dollar || isNamePart(code)

/** True for one that may not follow a closing `$`: it begins a name (`$a`, `${a}`, `$(a)`, `$_`). */
export const isBehindClosing = (code: Code): boolean =>
  code === dollar || code === 95 || code === 123 || code === 40 || isNamePart(code)

const inLine: Construct = {
  name: 'formula',
  tokenize(effects, ok, nok) {
    const before = this.previous
    return start

    function start(code: Code): State | undefined {
      effects.enter('formula')
      effects.enter('formulaSign')
      effects.consume(code)
      return opened
    }

    function opened(code: Code): State | undefined {
      if (code === backtick) {
        effects.consume(code)
        effects.exit('formulaSign')
        return quoted(effects, ok, nok)
      }
      if (code === dollar) {
        // At the beginning of a line alone.
        if (before !== null && !isLineEnd(before)) return nok(code)
        effects.consume(code)
        effects.exit('formulaSign')
        return displayed(effects, ok, nok)
      }
      if (isBeforeOpening(before) || isSpace(code)) return nok(code)
      effects.exit('formulaSign')
      return plain(effects, ok, nok)(code)
    }
  },
}

/** What stands between `$` and `$`, never empty. */
function plain(effects: Effects, ok: State, nok: State): State {
  let last: Code = null
  return begin

  function begin(code: Code): State | undefined {
    if (code === null || code === dollar) return nok(code)
    effects.enter('formulaValue')
    return inside(code)
  }

  function inside(code: Code): State | undefined {
    if (code === null || isLineEnd(code)) return nok(code)
    if (code === dollar) {
      if (isSpace(last)) return nok(code)
      effects.exit('formulaValue')
      effects.enter('formulaSign')
      effects.consume(code)
      effects.exit('formulaSign')
      effects.exit('formula')
      return closed
    }
    last = code
    effects.consume(code)
    return code === backslash ? escaped : inside
  }

  /** `\$` is a dollar of the formula. */
  function escaped(code: Code): State | undefined {
    if (code !== dollar && code !== backslash) return inside(code)
    last = code
    effects.consume(code)
    return inside
  }

  function closed(code: Code): State | undefined {
    return isBehindClosing(code) ? nok(code) : ok(code)
  }
}

/** What stands between `` $` `` and `` `$ ``, never empty. */
function quoted(effects: Effects, ok: State, nok: State): State {
  let last: Code = null
  let length = 0
  return begin

  function begin(code: Code): State | undefined {
    effects.enter('formulaValue')
    return inside(code)
  }

  function inside(code: Code): State | undefined {
    if (code === null || isLineEnd(code)) return nok(code)
    if (code === dollar && last === backtick) {
      if (length < 2) return nok(code)
      // The value has the backtick of the closing sign at its end.
      effects.exit('formulaValue')
      effects.enter('formulaSign')
      effects.consume(code)
      effects.exit('formulaSign')
      effects.exit('formula')
      return ok
    }
    last = code
    length += 1
    effects.consume(code)
    return inside
  }
}

/** What stands between `$$` at the beginning of a line and `$$` at the end of one. */
function displayed(effects: Effects, ok: State, nok: State): State {
  let [isEmpty, isInLine] = [true, false]
  return between

  function between(code: Code): State | undefined {
    if (code === null || (code === dollar && isEmpty)) return nok(code)
    if (code === dollar) {
      if (isInLine) effects.exit('formulaValue')
      effects.enter('formulaSign')
      effects.consume(code)
      return closing
    }
    if (isLineEnd(code)) {
      if (isInLine) effects.exit('formulaValue')
      isInLine = false
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      return between
    }
    if (!isInLine) effects.enter('formulaValue')
    isInLine = true
    isEmpty &&= isSpace(code)
    effects.consume(code)
    return code === backslash ? escaped : between
  }

  function escaped(code: Code): State | undefined {
    if (code !== dollar && code !== backslash) return between(code)
    effects.consume(code)
    return between
  }

  function closing(code: Code): State | undefined {
    if (code !== dollar) return nok(code)
    effects.consume(code)
    effects.exit('formulaSign')
    effects.exit('formula')
    return closed
  }

  function closed(code: Code): State | undefined {
    return code === null || isLineEnd(code) ? ok(code) : nok(code)
  }
}

/**
 * A line of `$$`, lines, and one that ends in `$$`. It never fails behind its first line: the lines below were then
 * taken for no quote and no list. What a blank line ends is told as not closed.
 */
const onLines: Construct = {
  name: 'displayMath',
  concrete: true,
  tokenize(effects, ok, nok) {
    const self = this
    let signs = 0
    let [dollars, isDone] = [0, false]
    return start

    function start(code: Code): State | undefined {
      effects.enter('displayMath')
      effects.enter('displayMathSign')
      return sign(code)
    }

    function sign(code: Code): State | undefined {
      if (code === dollar && signs < 2) {
        signs += 1
        effects.consume(code)
        return sign
      }
      if (signs < 2) return nok(code)
      if (code !== null && !isLineEnd(code)) {
        if (!isSpace(code)) return nok(code)
        effects.consume(code)
        return sign
      }
      effects.exit('displayMathSign')
      if (self.interrupt) return ok(code)
      return lineEnd(code)
    }

    function lineEnd(code: Code): State | undefined {
      if (code === null || isDone) return end(code)
      return effects.check(furtherLine(self), nextLine, end)(code)
    }

    function nextLine(code: Code): State | undefined {
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      effects.enter('displayMathLine')
      dollars = 0
      return inside
    }

    function inside(code: Code): State | undefined {
      if (code === null || isLineEnd(code)) {
        isDone = dollars >= 2
        effects.exit('displayMathLine')
        return lineEnd(code)
      }
      if (code === dollar) dollars += 1
      else if (!isSpace(code)) dollars = 0
      effects.consume(code)
      return inside
    }

    function end(code: Code): State | undefined {
      effects.exit('displayMath')
      return ok(code)
    }
  },
}

/** A line end behind which another line of the same block stands, and more than white space in it. */
const furtherLine = (context: TokenizeContext): Construct => ({
  partial: true,
  tokenize(effects, ok, nok) {
    return start

    function start(code: Code): State | undefined {
      if (code === null) return nok(code)
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      return line
    }

    function line(code: Code): State | undefined {
      if (context.parser.lazy[context.now().line]) return nok(code)
      return isBlank(code) ? blank(effects.enter('whitespace') && code) : content(code)
    }

    function blank(code: Code): State | undefined {
      if (isBlank(code)) {
        effects.consume(code)
        return blank
      }
      effects.exit('whitespace')
      return content(code)
    }

    function content(code: Code): State | undefined {
      return code === null || isLineEnd(code) ? nok(code) : ok(code)
    }
  },
})

/** For the tokenizer. */
export const formulaSyntax: Extension = { text: { [dollar]: inLine }, flow: { [dollar]: onLines } }

/** For the tree: `formula` and `displayMath` of markdown-tree.ts. */
export const formulaFromMarkdown: FromMarkdownExtension = {
  enter: {
    formula(token) {
      this.enter({ type: 'formula', value: '' }, token)
    },
    displayMath(token) {
      this.enter({ type: 'displayMath', value: '', isClosed: false }, token)
    },
  },
  exit: {
    formulaValue(token) {
      const node = this.stack.at(-1)
      if (node?.type !== 'formula') return
      const value = this.sliceSerialize(token)
      if (node.isDisplay) node.value += node.value === '' ? value : `\n${value}`
      // The bar of a cell is escaped in formulas too (GFM 0.29, 4.10).
      else node.value = this.data.inTable ? value.replaceAll('\\|', '|') : value
    },
    formulaSign(token) {
      const node = this.stack.at(-1)
      if (node?.type !== 'formula') return
      const sign = this.sliceSerialize(token)
      if (sign === '$$') node.isDisplay = true
    },
    formula(token) {
      const node = this.stack.at(-1)
      const isQuoted = this.sliceSerialize(token).startsWith('$`')
      if (node?.type === 'formula' && isQuoted) node.value = node.value.slice(0, -1)
      this.exit(token)
    },
    displayMathLine(token) {
      const node = this.stack.at(-1)
      if (node?.type !== 'displayMath') return
      const line = this.sliceSerialize(token)
      const content = beforeEnd(line).trimEnd()
      if (content !== line.trimEnd()) node.isClosed = true
      if (content !== '' || !node.isClosed) node.value += node.value === '' ? content : `\n${content}`
    },
    displayMath(token) {
      this.exit(token)
    },
  },
}

/** A line without the `$$` that ends a formula, and what stands behind it. Looks at each character once. */
function beforeEnd(line: string): string {
  let end = line.length
  while (end > 0 && /[$\s]/.test(line[end - 1] ?? '')) end -= 1
  const closing = line.indexOf('$$', end)
  return closing < 0 ? line : line.slice(0, closing)
}
