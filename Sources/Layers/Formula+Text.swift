import NNCAlgebra
import NNCDiagnostics

extension Formula {
  /// The formula in the network language.
  var text: String { text(above: 0) }

  /// The same, in brackets where it binds more loosely than what it stands in.
  private func text(above outer: Int) -> String {
    switch kind {
    case .symbol(let name): return name
    case .number(let value): return Diagnostic.number(value)
    case .bits: return "bits"
    case .apply("given", let parts): return parts[1].text(above: outer)
    case .apply("select", let parts):
      return "where(\(parts.map { $0.text(above: 0) }.joined(separator: ", ")))"
    case .apply(let name, let parts):
      let call = "\(name)(\(parts.map { $0.text(above: 0) }.joined(separator: ", ")))"
      guard let notation = Operation(name)?.row.notation else { return call }
      switch notation {
      case .call, .operand: return call
      case .prefix(let sign, let binding):
        return bracketed(sign + parts[0].text(above: binding), binding, outer)
      case .power(let exponent):
        return bracketed("\(parts[0].text(above: 41))^\(exponent)", 40, outer)
      case .infix(let sign, _, _, let binding, let right):
        let text =
          parts[0].text(above: right ? binding + 1 : binding) + " \(sign) "
          + parts[1].text(above: right ? binding : binding + 1)
        return bracketed(text, binding, outer)
      }
    }
  }

  private func bracketed(_ text: String, _ binding: Int, _ outer: Int) -> String {
    binding < outer ? "(\(text))" : text
  }
}
