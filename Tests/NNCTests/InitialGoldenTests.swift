import NNCLayers
import Testing

@testable import NNC

/// The first values are those of a second writing of the generator.
@Suite struct InitialGoldenTests {
  static let golden = Json(file: "Tests/Golden/initial.json")

  @Test(arguments: golden["entries"]!.list.indices) func firstValues(index: Int) throws {
    let entry = Self.golden["entries"]![index]
    let layer = Self.golden["layer"]!.text
    let (name, seed) = (entry["init"]!.text, entry["seed"]!.text)
    let model = try compiled("\(layer) init=\(name); seed \(seed)").model()
    let expected = entry["values"]!.flat
    #expect(model.parameters.count == expected.count)
    for (value, exact) in zip(model.parameters, expected) {
      #expect(abs(value - exact) <= entry["error"]!.number, "\(name), seed \(seed)")
    }
  }

  @Test func everyInitialiserIsThere() {
    let names = Set(Self.golden["entries"]!.list.map { $0["init"]!.text })
    #expect(names == Set(initialisers.map(\.name)))
  }
}
