import Foundation
import Testing

@testable import NNCTool

/// What real shells offer once they have read the scripts of `nnc completions`.
@Suite struct CompletionTests {
  /// A call as far as it is typed, and what the shell is to offer for its last word.
  struct Probe {
    var call: String
    var offered: Set<String>
    init(_ call: String, _ offered: Set<String>) {
      self.call = call
      self.offered = offered
    }
  }

  /// The files in the folder in which the shells are asked.
  private static let files = [
    "net.nn", "two words.nn", "net.safetensors", "old.npz", "table.csv", "notes.txt",
    "sub/inner.nn",
  ]

  private static let byHand = [
    Probe("nnc comp", ["compile", "completions"]),
    Probe("nnc compile --em", ["--emit"]),
    Probe("nnc compile -e sw", ["swift"]),
    Probe("nnc compile --emit=s", ["swift", "stablehlo"]),
    Probe("nnc compile --prefix ", []),
    Probe(
      "nnc compile --real f64 --emit ", ["c", "swift", "stablehlo", "jax", "python"]),
    Probe("nnc check ", ["net.nn", "two words.nn", "sub"]),
    Probe("nnc check sub/", ["inner.nn"]),
    Probe("nnc check --real f32 n", ["net.nn"]),
    Probe("nnc fmt net.nn tw", ["two words.nn"]),
    Probe("nnc weights ", ["net.safetensors", "old.npz", "sub"]),
    Probe("nnc train net.nn --data ta", ["table.csv"]),
    Probe("nnc train net.nn --checkpoint ", ["sub"]),
    Probe("nnc compile net.nn -o no", ["notes.txt"]),
    Probe("nnc help ta", ["targets"]),
    Probe("nnc help N020", Set((1...9).map { "N020\($0)" })),
  ]

  /// Every option of every command, and every word that the table knows for an option's value or an operand.
  private static let fromTheTable: [Probe] = commands.flatMap { command in
    var probes = [
      Probe("nnc \(command.name) --", Set(command.options.map { "--\($0.name)" }))
    ]
    if let words = command.offer.words {
      probes.append(Probe("nnc \(command.name) ", Set(words)))
    }
    for option in command.options {
      guard let words = option.offer?.words else { continue }
      probes.append(Probe("nnc \(command.name) --\(option.name) ", Set(words)))
    }
    return probes
  }

  private static let probes = byHand + fromTheTable

  @Test(arguments: Shell.allCases) func shellOffersWhatFits(_ shell: Shell) throws {
    guard let program = path(of: shell.rawValue) else {
      print("\(shell.rawValue) is not installed: its completions are not tried")
      return
    }
    try withFolder { folder in
      let script = folder + "/script"
      try Data(nnc(["completions", shell.rawValue]).output.utf8).write(
        to: URL(filePath: script))
      let work = folder + "/work"
      try FileManager.default.createDirectory(
        atPath: work + "/sub", withIntermediateDirectories: true)
      for name in Self.files { try Data().write(to: URL(filePath: work + "/" + name)) }
      let calls = Self.probes.map(\.call).joined(separator: "\n")
      let answer = try run(
        program, Self.driver(shell), ["SCRIPT": script, "CALLS": calls], in: work)
      var offered: [String: Set<String>] = [:]
      var call = ""
      for line in answer.split(separator: "\n") {
        if line.hasPrefix("> ") {
          call = String(line.dropFirst(2))
          offered[call] = []
        } else {
          offered[call]?.insert(Self.word(String(line)))
        }
      }
      for probe in Self.probes {
        #expect(offered[probe.call] == probe.offered, "\(shell.rawValue): \(probe.call)")
      }
    }
  }

  /// What is offered, without what the shells spell differently: folders before it or a slash behind it, the option
  /// it is joined to, quoted blanks, a description.
  private static func word(_ line: String) -> String {
    var word = String(line.prefix { $0 != "\t" }).replacing("\\ ", with: " ")
    if word.hasSuffix("/") { word.removeLast() }
    if word.hasPrefix("--"), let sign = word.firstIndex(of: "=") {
      word = String(word[word.index(after: sign)...])
    }
    return word.split(separator: "/").last.map(String.init) ?? word
  }

  /// What makes a shell read `$SCRIPT` and print, for each line of `$CALLS`, the line behind `> ` and its offers.
  private static func driver(_ shell: Shell) -> [String] {
    switch shell {
    case .bash:
      [
        "--norc", "-c",
        """
        source "$SCRIPT"
        while IFS= read -r call; do
          echo "> $call"
          read -ra COMP_WORDS <<< "${call//=/ = }"
          [[ $call == *' ' ]] && COMP_WORDS+=('')
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
          _nnc
          [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        done <<< "$CALLS"
        """,
      ]
    case .fish:
      [
        "--no-config", "-c",
        """
        source $SCRIPT
        for call in (string split \\n -- $CALLS)
          echo "> $call"
          complete -C $call
        end
        """,
      ]
    case .zsh:
      // The line editor needs a terminal, and the answers are what the completion functions hand to compadd.
      [
        "-f", "-c",
        """
        zmodload zsh/zpty
        export ANSWERS=$PWD/../answers
        cat > ../rc <<'END'
        PROMPT= RPROMPT=
        autoload -U compinit
        compinit -u -D
        source $SCRIPT
        compadd() {
          local -a offered
          if [[ ${@[1,(i)(-|--)]} == *-[OAD]* ]]; then builtin compadd "$@"; return; fi
          builtin compadd -A offered "$@"
          [ $#offered = 0 ] || print -rl -- $offered >> $ANSWERS
          builtin compadd "$@"
        }
        ask() {
          local call
          for call in ${(f)CALLS}; do
            print -r -- "> $call" >> $ANSWERS
            BUFFER=$call CURSOR=$#call
            zle list-choices
          done
          print "> done" >> $ANSWERS
        }
        zle -N ask
        bindkey '^T' ask
        END
        : > $ANSWERS
        zpty shell zsh -f -i
        zpty -w shell "source ../rc; print ready >> $ANSWERS"
        for try in {1..600}; do grep -q ready $ANSWERS && break; sleep 0.1; done
        zpty -w -n shell $'\\C-t'
        for try in {1..600}; do zpty -r -t shell rest; grep -q '^> done' $ANSWERS && break; sleep 0.1; done
        zpty -d shell
        cat $ANSWERS
        """,
      ]
    }
  }
}
