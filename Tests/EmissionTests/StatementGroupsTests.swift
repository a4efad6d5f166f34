import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

@Suite struct StatementGroupsTests {
  /// A chain of 1,000 products whose last is stored, with a sum of the first and the last.
  private var program: Program {
    var builder = KernelBuilder("chain")
    let (x, y) = (builder.array("x"), builder.array("y"))
    let first = builder.load(x, 0, name: "first")
    var value = first
    for _ in 0..<1000 { value = builder.compute(.mul, value, value) }
    builder.store(y, 0, builder.compute(.add, value, first))
    let arguments: [Entry.Argument] = [.input, .output]
    return Program(
      name: "chain", precision: .f64, parameters: [], state: [], inputCount: 1, targetCount: 0,
      outputCount: 1, maximumSamples: 1, kernels: [builder.finish()],
      entries: [
        Entry(
          kind: .predict, many: false, arguments: arguments,
          calls: [
            .init(kernel: 0, arrays: arguments.map { SamplePrograms.reference($0) }, comment: "")
          ], workspaceCount: 0)
      ])
  }

  @Test func longSequencesAreCut() throws {
    let lines = SwiftEmitter(program).source.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0 == "    do {" }.count == 16)
    // Of each block only what is read later stands in front.
    #expect(lines.filter { $0.hasPrefix("    let ") }.count == 1 + 15)
    #expect(lines.contains("    let first: Double"))
    #expect(!CEmitter(program).source.contains("do {"))
    #expect(try NativeComparison.differences([program], forms: [.swift("-Onone")]) == [])
  }
}
