import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// Every row of the catalogue is reported for its example, and not once that is put right.
struct CodeTests {
  @Test(arguments: layersDiagnosticCodes)
  func example(row: DiagnosticCode) {
    let codes = found(row.code, row.erroneous)
    #expect(codes == [row.code] || row.code == "N0299" && codes.contains(row.code))
    #expect(found(row.code, row.corrected) == [])
  }

  @Test func codesAreDifferent() {
    let codes = layersDiagnosticCodes.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
  }

  /// The codes that a source gives: of N0322 in an assignment, of all others in a network.
  private func found(_ code: String, _ source: String) -> [String] {
    guard code == "N0322" else { return Array(Set(codes(source))).sorted() }
    var network = elaborate(parse(SourceFile(name: "net", text: "linear 1->1")).tree).network!
    let entry = parseEntry(SourceFile(name: "entry", text: source))
    guard case .assignment(let target, _) = entry.items[0] else { return [] }
    return network.target(target, in: entry.tree).diagnostics.map(\.code)
  }
}
