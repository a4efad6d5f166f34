import NNCAlgebra
import Foundation
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

/// Emitted Swift beyond its bits: Embedded Swift, the self-check, literals.
@Suite struct SwiftTests {
  private func compile(
    _ text: String, _ flags: [String], run: Bool = false
  ) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnc-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("code.swift").path
    let program = folder.appendingPathComponent("code").path
    try text.write(toFile: source, atomically: false, encoding: .utf8)
    let command = ["swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library"]
    let compiled = try NativeLibrary.run(command + flags + [source, "-o", program])
    return run && compiled.status == 0 ? try NativeLibrary.run([program]) : compiled
  }

  /// By default in one precision for each machine.
  @Test(arguments: ["", "armv7em-none-none-eabi", "wasm32-unknown-none-wasm"])
  func embedded(_ machine: String) throws {
    let some: [Precision] = machine.hasPrefix("arm") ? [.f32] : [.f64]
    for precision in isThorough ? Precision.allCases : some {
      // Of the others, the compiler knows beforehand for small machines what some comparisons give, and warns.
      let programs =
        machine.isEmpty
        ? SamplePrograms.all(precision)
        : [
          SamplePrograms.backprop(precision), SamplePrograms.layers(precision),
          SamplePrograms.large(precision),
        ]
      let text = programs.map { SwiftEmitter($0).source }.joined()
      let result = try compile(
        text,
        ["-O", "-wmo", "-enable-experimental-feature", "Embedded", "-no-allocations", "-c"]
          + (machine.isEmpty ? [] : ["-target", machine]))
      #expect(result.status == 0, "\(result.output)")
    }
  }

  @Test func selfCheck() throws {
    for program in [
      SamplePrograms.backprop(.f64), SamplePrograms.layers(.f32), SamplePrograms.large(.f64),
    ] {
      let emitter = SwiftEmitter(program, options: .init(selfCheck: true))
      let result = try compile(
        emitter.source, ["-D", emitter.selfCheckCondition], run: true)
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.hasPrefix("loss "))
      #expect(result.output.hasSuffix("gradient ok\n"))
    }
  }

  @Test func largeNetworksUseSpans() {
    let emitter = SwiftEmitter(SamplePrograms.large(.f64))
    #expect(!emitter.usesStructs)
    #expect(
      emitter.source.contains("public static func initialize(_ p: inout MutableSpan<Double>)"))
    #expect(emitter.source.contains("_ p: Span<Double>, input x: Span<Double>"))
    #expect(SwiftEmitter(SamplePrograms.backprop(.f64)).usesStructs)
  }
}
