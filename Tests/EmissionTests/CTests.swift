import NNCAlgebra
import Foundation
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission
@testable import NNC

/// Emitted C beyond its bits: headers, the self-check, sanitizers.
@Suite struct CTests {
  /// Compiles a text to a program and runs it.
  private func run(
    _ text: String, _ command: [String], extension suffix: String = "c"
  ) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnc-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("code.\(suffix)").path
    let program = folder.appendingPathComponent("code").path
    try text.write(toFile: source, atomically: false, encoding: .utf8)
    let compiled = try NativeLibrary.run(command + [source, "-o", program, "-lm"])
    if compiled.status != 0 { return compiled }
    return try NativeLibrary.run([program])
  }

  private func whole(_ emitter: CEmitter) -> String {
    emitter.header + emitter.source.replacing("#include \"\(emitter.prefix).h\"\n", with: "")
  }

  @Test(arguments: Precision.allCases) func selfCheck(_ precision: Precision) throws {
    for program in [SamplePrograms.backprop(precision), SamplePrograms.layers(precision)] {
      let emitter = CEmitter(program, options: .init(selfCheck: true))
      for compiler in ["gcc", "clang"] {
        let command =
          [compiler] + NativeForm.warnings + ["-O1", "-D\(emitter.macro)_SELF_CHECK"]
        let result = try run(whole(emitter), command)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.hasPrefix("loss "))
        #expect(result.output.contains("linear2.weight "))
        #expect(result.output.hasSuffix("gradient ok\n"))
      }
    }
  }

  @Test func selfCheckFindsMistakes() throws {
    var program = SamplePrograms.backprop(.f64)
    let index = try #require(program.kernels.firstIndex { $0.name == "gradient_kernel" })
    // A sign lost: one subtraction of 1 − y becomes an addition.
    let place = try #require(
      program.kernels[index].body.lastIndex {
        if case .compute(_, .sub, _) = $0 { true } else { false }
      })
    if case .compute(let value, _, let operands) = program.kernels[index].body[place] {
      program.kernels[index].body[place] = .compute(value, .add, operands)
    }
    let emitter = CEmitter(program, options: .init(selfCheck: true))
    let result = try run(whole(emitter), ["gcc", "-std=c99", "-DBACKPROP_F64_SELF_CHECK"])
    #expect(result.status == 1)
    #expect(result.output.contains("WRONG"))
  }

  /// Loops need size_t, also where no function takes many samples.
  @Test func loopsForOneSampleCompile() throws {
    let source = "linear 3->4; tanh; linear 4->2; loss mse; train sgd"
    let network = try Compilation(SourceFile(name: "net.nn", text: source)).checkedNetwork()
    var options = CompilerOptions()
    options.unrollLimit = 0
    let build = Build(network, options, only: Set(Build.Function.all.filter { !$0.many }))
    let text = whole(CEmitter(build.program)) + "int main(void) { return 0; }\n"
    let result = try run(text, ["gcc"] + NativeForm.warnings + ["-Wno-unused-function"])
    #expect(result.status == 0, "\(result.output)")
  }

  /// Compilers that look into loops say more, so code for vectors is compiled by the ways its users take.
  @Test(arguments: ["x86-64-v3", "x86-64-v4"], Precision.allCases)
  func loopsAreWithoutWarnings(_ machine: String, _ precision: Precision) throws {
    let source = "linear 784->64; relu; linear 64->10; loss cross_entropy; train sgd"
    let network = try Compilation(SourceFile(name: "net.nn", text: source)).checkedNetwork()
    let target = try #require(Target(named: machine))
    let options = CompilerOptions(precision: precision, target: target, maximumSamples: 64)
    let text = whole(CEmitter(Build(network, options).program)) + "int main(void) { return 0; }\n"
    for level in isThorough ? ["-O2", "-O3"] : ["-O3"] {
      let result = try run(text, ["gcc"] + NativeForm.warnings + [level, "-march=\(machine)"])
      #expect(result.status == 0, "\(result.output)")
    }
  }

  /// A derivative that is wrongly 0 is a mistake; that of a frozen parameter is not.
  @Test func selfCheckTellsFrozenFromForgotten() throws {
    let source = "linear 2->2 frozen=weight; sigmoid; linear 2->1; loss mse; train sgd"
    var program = try Compilation(SourceFile(name: "net.nn", text: source)).build().program
    #expect(program.parameters.map { program.trains($0) } == [false, true, true, true])
    func check() throws -> (status: Int32, output: String) {
      let emitter = CEmitter(program, options: .init(selfCheck: true))
      return try run(whole(emitter), ["gcc", "-std=c99", "-DNET_SELF_CHECK"])
    }
    let right = try check()
    #expect(right.status == 0 && right.output.contains("  frozen\n"), "\(right.output)")
    // The last bias's derivative becomes 0.
    let index = try #require(program.entry(.gradient, many: false)).calls[0].kernel
    let offset = program.parameters[3].offset
    let zero = ValueID(program.kernels[index].valueCount)
    program.kernels[index].valueCount += 1
    program.kernels[index].valueNames.append("")
    program.kernels[index].body.insert(.real(zero, 0), at: 0)
    let array = program.entry(.gradient, many: false)!.calls[0].arrays.firstIndex {
      $0.base == .argument(.gradient)
    }
    for (place, instruction) in program.kernels[index].body.enumerated() {
      if case .store(let access, _) = instruction, Int(access.array) == array,
        access.offset == offset
      {
        program.kernels[index].body[place] = .store(access, zero)
      }
    }
    let wrong = try check()
    #expect(wrong.status == 1 && wrong.output.contains("WRONG"), "\(wrong.output)")
  }

  @Test func headersAreCPlusPlusToo() throws {
    for program in SamplePrograms.all(.f64) {
      let text = CEmitter(program).header + "int main() { return 0; }\n"
      let flags = ["-std=c++11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
      for compiler in ["g++", "clang++"] {
        let result = try run(text, [compiler] + flags, extension: "cpp")
        #expect(result.status == 0, "\(result.output)")
      }
    }
  }

  @Test(arguments: Precision.allCases) func sanitizers(_ precision: Precision) throws {
    let programs = SamplePrograms.all(precision)
    let text = NativeForm.gcc().text(programs) + NativeForm.main(programs)
    for compiler in isThorough ? ["gcc", "clang"] : [precision == .f64 ? "gcc" : "clang"] {
      let result = try run(
        text,
        [compiler, "-std=c99", "-g", "-O1", "-fsanitize=address,undefined"]
          + ["-fno-sanitize-recover=all", "-fno-sanitize=float-divide-by-zero"])
      #expect(result.status == 0, "\(result.output.suffix(2000))")
    }
  }

  /// Where `double` has 32 bits, as on AVR, code for f64 does not compile, and code for f32 does.
  @Test(arguments: Precision.allCases) func shortDouble(_ precision: Precision) throws {
    let emitter = CEmitter(SamplePrograms.backprop(precision), options: .init(selfCheck: true))
    let command = [
      "gcc", "-std=c99", "-U__DBL_MANT_DIG__", "-D__DBL_MANT_DIG__=24",
      "-D\(emitter.macro)_SELF_CHECK",
    ]
    let result = try run(whole(emitter), command)
    #expect((result.status == 0) == (precision == .f32))
    let message = "double has not 64 bits here: generate the code with --real f32"
    #expect(result.output.contains(message) == (precision == .f64))
  }

  /// Signs need no parentheses where commas or parentheses stand around them.
  @Test func signsOfArguments() {
    let dialect = CDialect(precision: .f32, prefix: "net")
    #expect(dialect.compute(.fma, ["-a", "-1.0f", "-b"]) == "fmaf(-a, -1.0f, -b)")
    #expect(dialect.compute(.sub, ["a", "-1.0f"]) == "a - (-1.0f)")
    let swift = SwiftDialect(precision: .f32, widest: 4)
    #expect(swift.compute(.fma, ["-a", "b", "-c"]) == "(-c).addingProduct(-a, b)")
  }

  @Test func prefix() {
    let options = EmissionOptions(prefix: "My Net", remarks: ["linear 2->2 /* not the end */"])
    let emitter = CEmitter(SamplePrograms.backprop(.f32), options: options)
    #expect(emitter.files.map(\.name) == ["my_net.h", "my_net.c"])
    #expect(emitter.header.contains("float my_net_train(my_net_parameters *p, const float x[2], "))
    #expect(emitter.header.contains("#define MY_NET_WORKSPACE_BYTES 0 "))
    #expect(emitter.header.contains(" *     linear 2->2 / * not the end * /\n"))
    #expect(
      emitter.source.hasPrefix("/* Generated by nnc: see my_net.h. */\n#include \"my_net.h\"\n"))
  }
}
