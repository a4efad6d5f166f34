import NNCDiagnostics
import Foundation
import NNCLayers
import NNCSyntax
import Testing

/// Every sample is a network without a mistake.
struct SampleTests {
  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: samples.path)) ?? []
    return files.filter { $0.hasSuffix(".nn") }.sorted()
  }

  @Test func thereAreSamples() { #expect(Self.names.count >= 10) }

  @Test(arguments: names)
  func elaborates(name: String) throws {
    let text = try String(contentsOf: samples.appendingPathComponent(name), encoding: .utf8)
    let network = try network(text)
    #expect(network.loss != nil)
    #expect(network.training != nil)
    #expect(!network.parameters.isEmpty)
    #expect(network.graph.shape(network.loss!) == [])
    #expect((network.target == nil) == ["autoencoder.nn", "ode.nn"].contains(name))
  }

  @Test func workedExample() throws {
    let text = try String(
      contentsOf: samples.appendingPathComponent("backprop.nn"), encoding: .utf8)
    let network = try network(text)
    let graph = network.graph
    #expect(
      network.parameters.map(\.name) == [
        "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias",
      ])
    #expect(network.parameters[0].initial == .literal([0.15, 0.20, 0.25, 0.30]))
    #expect(network.parameters[3].initial == .literal([0.6, 0.6]))
    #expect(nodeText(network.loss!, graph) == "div(i->(square(sub(t, y))), 2)")
    #expect(nodeText(network.output, graph) == "sigmoid(net_y)")
  }
}
