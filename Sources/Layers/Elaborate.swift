import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// Makes a network of a syntax tree, and reports every independent error in it.
///
/// The diagnostics are in the order of their places. The network is nil if one of them is an
/// error, or if the tree has parts that could not be read.
///
/// - Parameter name: the network's name where the source gives none, usually the file's; what
///   cannot stand in a name of C or Swift becomes `_`.
public func elaborate(_ tree: SyntaxTree, name: String = "network") -> (
  network: Network?, diagnostics: [Diagnostic]
) {
  let reader = NetworkReader(tree, name: name)
  let network = reader.read()
  let diagnostics = reader.builder.diagnostics.enumerated().sorted { a, b in
    let (first, second) = (a.element.primary.span, b.element.primary.span)
    return (first?.start ?? .max, a.offset) < (second?.start ?? .max, b.offset)
  }
  return (network, diagnostics.map(\.element))
}

/// `text` as a name of C and Swift: what cannot stand in one becomes `_`.
func identifier(_ text: String) -> String {
  var name = ""
  for character in text.unicodeScalars {
    let isLetter = ("a"..."z").contains(character) || ("A"..."Z").contains(character)
    let isDigit = ("0"..."9").contains(character)
    name.unicodeScalars.append(isLetter || isDigit ? character : "_")
  }
  if name.isEmpty || name.allSatisfy({ $0 == "_" }) { return "network" }
  return name.first!.isNumber ? "network_" + name : name
}
