import Foundation
import NNC
import Testing

@testable import NNCExplanation

/// Second derivatives of the worked example against PyTorch's in float64 (`Tests/Golden/backprop.py`).
@Suite struct HessianTests {
  @Test func theHessianIsPyTorchs() throws {
    var (_, sheet, _) = try workedExample()
    let found = sheet.hessian()
    let hessian = try #require(found)
    let data = try Data(contentsOf: root.appendingPathComponent("Tests/Golden/backprop.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let entry = try #require((json["entries"] as? [[String: Any]])?.first)
    let golden = try #require(entry["hessian"] as? [String: Any])
    let rows = try #require(golden["rows"] as? [[Double]])
    #expect(hessian.values.count == rows.count)
    for (row, expected) in zip(hessian.values, rows) {
      #expect(row.count == expected.count)
      for (a, b) in zip(row, expected) { #expect((a - b).magnitude <= 1e-13) }
    }
    let eigenvalues = try #require(golden["eigenvalues"] as? [Double])
    for (a, b) in zip(hessian.eigenvalues, eigenvalues) { #expect((a - b).magnitude <= 1e-13) }
    // w1 acts on y1 and y2, w5 on y1 alone and w7 on y2 alone.
    let (w5, w7) = (hessian.names.firstIndex(of: "w5")!, hessian.names.firstIndex(of: "w7")!)
    #expect(hessian.formulas[w5][w7 - w5] == nil && hessian.values[w5][w7] == 0)
  }

  @Test func largeNetworksHaveNone() throws {
    var sheet = try worksheet("iris")
    let hessian = sheet.hessian()
    #expect(hessian == nil)
  }

  @Test func rotationsFindEigenvalues() {
    #expect(eigenvalues(of: [[2, 1], [1, 2]]).map { Decimal.significant($0, 12) } == ["1", "3"])
    #expect(eigenvalues(of: [[5]]) == [5])
    #expect(eigenvalues(of: []) == [])
  }
}
