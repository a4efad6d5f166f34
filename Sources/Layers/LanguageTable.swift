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
      NNCLayers.layers.filter(\.isNoFunction).map { row in
        let keys = row.keys.filter { !row.usage.contains(" \($0)=") }.map { "[\($0)=]" }
        return Entry(
          usage: ([row.usage] + keys).joined(separator: " "), meaning: row.summary)
      }
    case .functions:
      Operation.all.map(\.row).filter {
        $0.isPublic && !$0.arguments.isEmpty && FormulaFunction($0.name) == nil
      }.map { row in
        Entry(
          usage: row.parameters.call(of: row.name),
          meaning: row.definition?.text ?? "computed by arithmetic of its own")
      }
        + formulaFunctions.map {
          Entry(usage: $0.parameters.call(of: $0.name), meaning: $0.value.text)
        }
        + tensorFunctions.map {
          Entry(usage: $0.parameters.call(of: $0.name), meaning: $0.summary)
        }
        + DerivativeFunction.allCases.map {
          Entry(usage: $0.parameters.call(of: $0.rawValue), meaning: $0.summary)
        }
        + RewritingFunction.allCases.map {
          Entry(usage: $0.parameters.call(of: $0.rawValue), meaning: $0.summary)
        }
    case .losses:
      NNCLayers.losses.map {
        Entry(usage: $0.parameters.call(of: $0.name), meaning: $0.text)
      }
    case .rules:
      updateRules.map { rule in
        Entry(
          usage: ([rule.name] + rule.keys.map(\.usage)).joined(separator: " "),
          meaning: rule.steps.last.map { "\($0.name) = \($0.text)" } ?? "")
      } + [
        Entry(
          usage: "every rule: " + commonKeys.map(\.usage).joined(separator: " "),
          meaning: "turn the gradient around, bound it, average the parameters")
      ]
    }
  }
}

extension LayerRow {
  /// Whether it is no function of one number, which is listed among the functions.
  var isNoFunction: Bool {
    summary != LayerRow.elementByElement
  }
}
