import NNCTestSupport
import Testing

@testable import NNC
@testable import NNCStableHLO

/// Modules of JAX; what they compute, `Tests/Interchange/jaxmodule.py` looks at.
@Suite struct JaxModuleTests {
  private func files(_ source: String, _ real: RealType = .f32) throws -> [GeneratedFile] {
    let compilation = Compilation(SourceFile(name: "net.nn", text: source))
    return try compilation.jax(StableOptions(batch: 4, real: real))
  }

  @Test func snapshot() throws {
    let files = try files("input 2; linear 3; dropout 0.5; linear 2; loss mse; train adam", .bf16)
    #expect(files.map(\.name) == ["net_jax.py", "net_stablehlo.mlir"])
    try assertSnapshot(files[0].text, "Tests/Snapshots/StableHLO/net_jax.py.txt")
  }

  @Test func whatTheNetworkLacksTheModuleLacks() throws {
    let text = try files("linear 2->1")[0].text
    #expect(!text.contains("def loss(") && !text.contains("def train_step("))
    #expect(try files("linear 2->1; loss mse")[0].text.contains("def loss("))
  }

  @Test func numbersOf64BitsAreAskedFor() throws {
    let setting = "jax.config.update(\"jax_enable_x64\", True)"
    #expect(try files("linear 2->1", .f64)[0].text.contains(setting))
    #expect(try !files("linear 2->1", .f32)[0].text.contains(setting))
  }

  @Test func noWordIsLeftOpen() throws {
    for source in ["linear 2->1; loss mse; train adam", "input a 2; p: linear 1; output p; loss p"]
    {
      #expect(try !files(source)[0].text.contains("$"))
    }
  }
}
