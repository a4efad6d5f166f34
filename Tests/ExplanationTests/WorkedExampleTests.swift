import Foundation
import NNC
import Testing

@testable import NNCExplanation

/// The textbook's worked example, as the explanation tells it.
@Suite struct WorkedExampleTests {
  /// The numbers that the source article prints, to four decimals.
  static let numbers = [
    "0.7514", "0.7729", "0.0822", "0.0827", "−0.0226", "−0.0227", "0.0004", "0.0009", "0.0005",
    "0.0010", "0.3589", "0.4087", "0.5113", "0.5614", "0.1498", "0.1996", "0.2498", "0.2995",
    "0.3456", "0.3450", "0.5308", "0.6190",
  ]

  @Test func thePageHasTheNumbers() throws {
    let (_, sheet, material) = try workedExample()
    let page = sheet.explanation(as: .html, material: material)
    for number in Self.numbers {
      #expect(page.contains(number), "\(number)")
    }
    let table = try #require(page.range(of: "Every parameter, to four decimals</caption>"))
    let rows = page[table.upperBound...]
    for (name, numbers) in [
      ("w", ["<td>0.4000</td><td>0.0822</td><td>0.0821670406</td><td>0.3589</td>"]),
      ("w", ["<td>0.5000</td><td>−0.0226</td>", "<td>0.5113</td>"]),
      ("w", ["<td>0.1500</td><td>0.0004</td>", "<td>0.1498</td>"]),
      ("b", ["<td>0.6190</td>", "<td>0.3456</td>"]),
    ] {
      for number in numbers { #expect(rows.contains(number), "\(name) \(number)") }
    }
  }

  @Test func theFormulasAreTheTextbooks() throws {
    let (_, sheet, _) = try workedExample()
    let text = sheet.explanation(as: .text, only: ["w5", "w1"])
    for line in [
      "∂E/∂w5 = δ_y1 · h1\n         = (y1 − t1) · y1 · (1 − y1) · h1\n",
      "δ_y1 = (y1 − t1) · y1 · (1 − y1)\n",
      "δ_h1 = (δ_y1 · w5 + δ_y2 · w7) · h1 · (1 − h1)\n",
      "∂E/∂w5 = δ_y1 · ∂net_y1/∂w5",
      "∂E/∂h1 = δ_y1 · ∂net_y1/∂h1 + δ_y2 · ∂net_y2/∂h1",
      "derivative of sigmoid: sigmoid′(x) = y · (1 − y) where y = sigmoid(x)\n",
      "w5′ = w5 − 0.5 · ∂E/∂w5\n      ≈ 0.4 − 0.5 · 0.08217\n      ≈ 0.3589\n",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    let latex = sheet.explanation(as: .latex, only: ["w5"])
    #expect(
      latex.contains(
        #"\frac{\partial E}{\partial w_{5}} &= \delta_{y_{1}} \, h_{1}"#), "\(latex)")
  }

  /// A step that does not hold is never told.
  @Test func wrongStepsAreRefused() throws {
    let (model, sheet, _) = try workedExample()
    #expect(sheet.derivations.values.flatMap { $0 }.count > 60)
    var builder = WorksheetBuilder(try subject(model), holdsShiftsFixed: true)
    builder.evaluate(builder.sheet.forward)
    builder.differentiate()
    try builder.check()
    let leaf = try #require(builder.sheet.gradients.first).leaf
    var steps = try #require(builder.sheet.derivations[leaf])
    steps[0] = .init(
      rule: "chain rule", ground: "", left: leaf, right: builder.sheet.given[0].leaf, level: 0)
    builder.sheet.derivations[leaf] = steps
    #expect(throws: ExplanationError.self) { try builder.check() }
    var wrong = try subject(model)
    wrong.gradient![2][0] += 1e-3
    #expect(throws: ExplanationError.self) { try Worksheet(wrong) }
  }

  private func subject(_ model: Model) throws -> Subject {
    try model.subject(input: [0.05, 0.10], target: [0.01, 0.99])
  }
}
