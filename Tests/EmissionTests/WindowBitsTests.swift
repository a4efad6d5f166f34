import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

/// Convolutions, made of the primitives of tensors, in C and in Swift: every form gives the interpreter's bits. By default
/// each precision has forms of its own.
@Suite struct WindowBitsTests {
  private static func convolution(
    _ precision: Precision, _ target: Target, stride: Int, dilation: Int
  ) -> Program {
    var graph = Graph()
    let x = graph.symbol(Symbol(name: "x", shape: [2, 8, 9], role: .input))
    let w = graph.symbol(Symbol(name: "w", shape: [5, 2, 3, 3], role: .parameter))
    let windows = graph.windows(
      x,
      [1, 2].map {
        Window(axis: $0, size: 3, stride: stride, dilation: dilation, before: 1, after: 1)
      })
    let net = graph.contract(Contraction("ocij,cpqij->opq"), [w, windows])
    let y = graph.map(Operation("tanh")!, graph.reverse(net, axes: [2]))
    let each = graph.sum(graph.map(.mul, y, y))
    let loss = graph.map(.div, graph.samples(each), graph.symbol(.sampleCount))
    let byWeights = graph.gradient(of: loss, by: [w])[0]
    let byImage = graph.gradient(of: each, by: [x])[0]
    let count = graph.shape(y).elementCount
    let field = Field(
      name: "w", shape: [5, 2, 3, 3], offset: 0,
      initial: .uniform(bound: 0.4, seed: 7, stream: 0))
    let predict = [
      EntryRequest.Result(argument: .output, offset: 0, node: y),
      .init(argument: .output, offset: count, node: byImage),
    ]
    let gradient = [
      EntryRequest.Result(argument: .loss, offset: 0, node: loss),
      .init(argument: .gradient, offset: 0, node: byWeights),
    ]
    return lower(
      LoweringRequest(
        name: "windows\(stride)\(dilation)", precision: precision, target: target, graph: graph,
        parameters: [field], state: [], inputCount: 2 * 8 * 9, targetCount: 0,
        outputCount: count + 2 * 8 * 9, maximumSamples: 40,
        entries: [false, true].flatMap { many in
          [
            EntryRequest(
              kind: .predict, many: many, arguments: [.parameters, .input, .output],
              results: predict),
            EntryRequest(
              kind: .gradient, many: many, arguments: [.parameters, .input, .loss, .gradient],
              results: gradient),
          ]
        }))
  }

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let programs = [(1, 1), (2, 1), (1, 2)].map {
      Self.convolution(precision, .generic, stride: $0.0, dilation: $0.1)
    }
    for program in programs { #expect(program.problems() == []) }
    let few: [NativeForm] = precision == .f32 ? [.swift("-O")] : [.gcc("-O2"), .clang("-O1")]
    let differences = try NativeComparison.differences(
      programs, forms: isThorough ? [.gcc("-O2"), .clang("-O1"), .swift("-O")] : few,
      samples: [1, 3, 33, 40])
    #expect(differences == [])
  }

  @Test(arguments: NativeForm.vectorTargets.suffix(1), isThorough ? Precision.allCases : [.f32])
  func sameBitsInVectors(_ target: Target, _ precision: Precision) throws {
    let programs = [(1, 1), (2, 1)].map {
      Self.convolution(precision, target, stride: $0.0, dilation: $0.1)
    }
    for program in programs { #expect(program.problems() == []) }
    let differences = try NativeComparison.differences(
      programs, forms: [.compiler("gcc", ["-O2"] + NativeForm.flags(target))],
      samples: [1, 3, 33, 40])
    #expect(differences == [])
  }
}
