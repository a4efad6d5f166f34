/// The completions for bash, 3.2 and later.
func bashCompletions() -> String {
  let commandNames = commands.map(\.name).joined(separator: " ")
  var options = ""
  var operands = ""
  var values: [(calls: [String], action: String)] = []
  for command in commands {
    let names = command.options.map { "--\($0.name)" }.joined(separator: " ")
    options += "        \(command.name)) _nnc_words '\(names)' ;;\n"
    operands += "        \(command.name)) \(action(command.offer)) ;;\n"
    for option in command.options {
      guard let offer = option.offer else { continue }
      let spellings = ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
      let calls = spellings.map { "'\(command.name) \($0)'" }
      let action = action(offer)
      if let place = values.firstIndex(where: { $0.action == action }) {
        values[place].calls += calls
      } else {
        values.append((calls, action))
      }
    }
  }
  let cases = values.map { calls, action in
    "    " + calls.joined(separator: " | \\\n      ") + ")\n      \(action) ;;\n"
  }
  return """
    # Completion of nnc's calls for bash, written by `nnc completions bash`.

    _nnc_words() {
      local word
      while IFS= read -r word; do
        COMPREPLY+=("$word")
      done < <(compgen -W "$1" -- "$current")
    }

    # Files with one of these endings, or any, and folders.
    _nnc_files() {
      local file ending
      compopt -o filenames 2>/dev/null
      while IFS= read -r file; do
        COMPREPLY+=("$file")
      done < <(
        compgen -d -- "$current"
        if [ $# = 0 ]; then compgen -f -- "$current"; fi
        for ending; do compgen -f -X "!*.$ending" -- "$current"; done | sort -u
      )
    }

    _nnc_folders() {
      local folder
      compopt -o filenames 2>/dev/null
      while IFS= read -r folder; do
        COMPREPLY+=("$folder")
      done < <(compgen -d -- "$current")
    }

    _nnc() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word
      COMPREPLY=()
      if [ "$COMP_CWORD" = 1 ]; then
        _nnc_words '\(commandNames) --help --version'
        return
      fi
      # Behind `--` there are operands only.
      for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
        if [ "$word" = -- ]; then
          _nnc_operand
          return
        fi
      done
      # `--name=value` reaches this as three words.
      if [ "$current" = = ]; then
        current=
      elif [ "$previous" = = ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
      fi
      case "${COMP_WORDS[1]} $previous" in
    \(cases.joined())    *)
          case $current in
            -*) _nnc_option ;;
            *) _nnc_operand ;;
          esac ;;
      esac
    }

    _nnc_option() {
      case ${COMP_WORDS[1]} in
    \(options)  esac
    }

    _nnc_operand() {
      case ${COMP_WORDS[1]} in
    \(operands)  esac
    }

    complete -F _nnc nnc

    """
}

/// The call of a function of the script that gives what is offered.
private func action(_ offer: Offer) -> String {
  switch offer {
  case .nothing: ":"
  case .words, .topics: "_nnc_words '\(offer.words!.joined(separator: " "))'"
  case .files(let endings): (["_nnc_files"] + endings).joined(separator: " ")
  case .folders: "_nnc_folders"
  }
}
