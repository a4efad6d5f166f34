import NNC
import NNCFormats
import NNCOnnx
import Testing

/// Networks that are written as ONNX, and read again.
private let networks: [String] = [
  "linear 3->2; tanh; linear 2->2; softmax",
  "input 2x5x5; conv 2->4 kernel=3 pad=1,0,2,1 stride=2 groups=2; relu6; maxpool 2 stride=1 ceil=yes; flatten; linear 3",
  "input 2x4x4; depthwise kernel=3 multiplier=2 pad=same; leaky_relu slope=0.2; deconv 4->3 kernel=2 stride=2 pad=1; "
    + "upsample 2 mode=bilinear; globalavgpool",
  "input 1x6; conv 1->2 kernel=3 padding=reflect pad=1; batchnorm; avgpool 2 pad=1 count_pad=no; prelu num_parameters=2; flatten",
  "input 1x6; avgpool 4 stride=3 ceil=yes; elu alpha=0.5; instancenorm; last; softmin",
  "input 4x6; groupnorm 2; rmsnorm; layernorm axes=2; transpose; permute 1,0; slice 1,3 axis=0; glu; normalize",
  "input 4 of 7; embedding 7->4; positions sin; residual { layernorm; attention heads=2 causal=yes kv_heads=1 }; last; linear 7",
  "input 3 of 5; onehot; linear 2; = where(x < 0, x^2, mod(x, 0.5)) + trunc(3*x) * (x > 0)",
  "input a 2; input b 3; linear 3; = x * b; from a; softplus; concat b; out: gelu; gelu approximate=tanh",
  "input 3x2; = x @ [[1, 2], [0, 1]] + sum(x, axis=0) - max(x, axis=1)[0]; = outer(sum(x, axis=1), mean(x, axis=0)); flatten",
  "a: linear 3->2; expm1; b: log1p; output a b",
  "input 4x3; lstm 2 layers=2; gru 3 bidirectional=yes; linear 2",
  "input 4x3; rnn 3 nonlinearity=relu; gru 2 bidirectional=yes give=last; linear 2",
  "input 4x3; lstm 2 bias=no give=last; tanh",
  "input 3x2; scan h=2 { concat h; linear 2; tanh }; rnn 3; last",
  "input 4x4; rows: linear 4; slice 1,3 axis=0; attention heads=2 to=rows mask=[1, 0, 1, 1] rope=half",
  "input 2x2x6; adaptive_avgpool 2x3; pad 1 padding=replicate; conv 2->1 kernel=2 padding=replicate pad=1 bias=no",
]

@Suite struct OnnxExportTests {
  @Test(arguments: networks) func isReadBackEqual(_ text: String) throws {
    let original = Compilation(SourceFile(name: "net.nn", text: text))
    let model = try original.model()
    let bytes = try OnnxExport.bytes(
      try original.checkedNetwork(), parameters: model.parameters, precision: .f64)
    let again = try Compilation(onnx: ByteSource(name: "net.onnx", bytes: bytes)).model()
    let bounds = try original.checkedNetwork().inputs.flatMap { port in
      [Int?](repeating: port.below, count: port.count)
    }
    for sample in 0..<3 {
      let input = bounds.enumerated().map { place, bound -> Double in
        let number = (place * 7 + sample * 5) % 11
        return bound.map { Double(number % $0) } ?? Double(number) / 4 - 1.2
      }
      let (expected, own) = (try model.predict(input), try again.predict(input))
      try #require(own.count == expected.count)
      let scale = max(expected.map(abs).max()!, 1e-9)
      for (a, b) in zip(own, expected) { #expect(abs(a - b) <= 1e-5 * scale, "\(a) for \(b)") }
    }
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    let compilation = Compilation(
      SourceFile(name: "net.nn", text: "linear 2->2; = x - batchmean(x)"))
    let network = try compilation.checkedNetwork()
    let failure = #expect(throws: FileFailure.self) {
      try OnnxExport.bytes(network, parameters: [Double](repeating: 1, count: 6))
    }
    #expect(
      failure?.message
        == "the network `net` cannot be written as ONNX: an output depends on all samples of a batch"
    )
  }
}
