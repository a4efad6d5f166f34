import NNCLayers
import Testing

/// Parameters and multiply-adds of the four networks of MLPerf Tiny, batch normalisation folded, as its reference says.
struct MultiplyAddsTests {
  private static let separable = "depthwise kernel=3 pad=same; relu; conv 64 kernel=1; relu; "

  static let networks: [(name: String, source: String, products: Int, parameters: Int)] = [
    (
      "keyword spotting",
      "input 1x49x10; conv 64 kernel=10x4 stride=2 pad=same; relu; "
        + String(repeating: separable, count: 4) + "globalavgpool; linear 12; softmax",
      2_656_768, 22_604
    ),
    (
      "visual wake words",
      "input 3x96x96; conv 8 kernel=3 stride=2 pad=same; relu; "
        + [
          (16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (128, 1), (128, 1),
          (128, 1),
          (128, 1), (256, 2), (256, 1),
        ].map { "depthwise kernel=3 stride=\($0.1) pad=same; relu; conv \($0.0) kernel=1; relu; " }
        .joined() + "globalavgpool; linear 2; softmax",
      7_489_664, 210_850
    ),
    (
      "images",
      """
      define block(c, s) {
        residual via conv c kernel=1 stride=s pad=same {
          conv c kernel=3 stride=s pad=same; relu; conv c kernel=3 pad=same
        }
        relu
      }
      input 3x32x32
      conv 16 kernel=3 pad=same; relu
      residual { conv 16 kernel=3 pad=same; relu; conv 16 kernel=3 pad=same }; relu
      block(32, 2); block(64, 2)
      globalavgpool; linear 10; softmax
      """,
      12_501_632, 77_706
    ),
    (
      "anomalies",
      "input 640; repeat 4 { linear 128; relu }; linear 8; relu; repeat 4 { linear 128; relu }; linear 640",
      264_192, 265_864
    ),
  ]

  @Test(arguments: networks)
  func areThoseOfTheReference(
    _ name: String, _ source: String, _ products: Int, _ parameters: Int
  ) throws {
    let network = try network(source)
    #expect(network.layers.reduce(0) { $0 + $1.multiplyAdds } == products)
    #expect(network.parameterCount == parameters)
  }

  /// Each layer has its own, whatever flows differently in training.
  @Test func ofEachLayer() throws {
    let network = try network(
      "input 3; dropout 0.5; linear 4; batchnorm; linear 2; linear 4; = x*x")
    #expect(network.layers.map(\.multiplyAdds) == [0, 12, 0, 8, 8, 0])
  }
}
