import NNCAlgebra
import NNCDiagnostics

/// A table of words of the network language, for who looks for one.
public enum LanguageTable: String, CaseIterable, Sendable {
  /// The kinds of layers.
  case layers
  /// The functions in expressions; those of one number are layers too.
  case functions
  /// The losses that have names.
  case losses
  /// The update rules.
  case rules

  /// One word.
  public struct Entry: Sendable {
    /// How it is written.
    public var usage: String
    /// What it is, in a line.
    public var meaning: String
  }

  /// What its words are, in a few.
  public var summary: String {
    switch self {
    case .layers: "the kinds of layers"
    case .functions: "the functions in expressions; those of one number are layers too"
    case .losses: "the losses, for one sample"
    case .rules: "the update rules"
    }
  }

  /// Its words, in their order in the tables of the language.
  public var entries: [Entry] {
    switch self {
    case .layers:
      NNCLayers.layers.filter { Operation($0.name)?.row.isPublic != true }.map { row in
        let keys = row.keys.filter { !row.usage.contains(" \($0)=") }.map { "[\($0)=]" }
        return Entry(
          usage: ([row.usage] + keys).joined(separator: " "), meaning: row.summary)
      }
    case .functions:
      Operation.all.map(\.row).filter { $0.isPublic && !$0.arguments.isEmpty }.map { row in
        Entry(
          usage: row.parameters.call(of: row.name),
          meaning: row.definition?.text ?? "computed by arithmetic of its own")
      }
        + tensorFunctions.map {
          Entry(usage: $0.parameters.call(of: $0.name), meaning: $0.summary)
        }
        + DerivativeFunction.allCases.map {
          Entry(usage: $0.parameters.call(of: $0.rawValue), meaning: $0.summary)
        }
    case .losses:
      NNCLayers.losses.map {
        Entry(usage: $0.parameters.call(of: $0.name), meaning: $0.value.text)
      }
    case .rules:
      updateRules.map { rule in
        let keys = rule.keys.map { key in
          let value = key.standard == 0 ? "no" : "yes"
          return "\(key.name)=\(key.domain == .truth ? value : Diagnostic.number(key.standard))"
        }
        let steps = rule.steps.map { "\($0.name) = \($0.value.text)" }
        return Entry(
          usage: ([rule.name] + keys).joined(separator: " "),
          meaning: steps.last ?? "")
      }
    }
  }
}
