import NNCAlgebra
import Foundation
import NNC
import NNCProgram
import Testing

@testable import NNCTraining
@testable import NNCVerification

/// A Program with probes is a well-formed Program that computes what it did.
@Suite struct ProbeTests {
  private func programs() throws -> [Program] {
    var programs: [Program] = []
    for (name, unroll, target) in [
      ("xor", 4096, "generic"), ("iris", 0, "generic"), ("iris", 0, "x86-64-v4"),
      ("iris", 4096, "x86-64-v3"), ("residual", 0, "arm64"),
    ] {
      var options = CompilerOptions()
      options.unrollLimit = unroll
      options.target = try #require(Target(named: target))
      options.maximumSamples = 37
      programs.append(try sample(name).build(options).program)
    }
    return programs
  }

  @Test func probesChangeNothing() throws {
    for program in try programs() {
      for entry in program.entries where entry.kind == .train {
        let samples = entry.many ? 37 : 1
        let plain = try memory(of: program, entry, samples)
        for (call, kernel) in entry.calls.map({ program.kernels[$0.kernel] }).enumerated() {
          let probed = try #require(
            ProbedCall(program, entry, call: call, kernel, samples: samples))
          #expect(probed.program.problems() == [])
          let traced = try memory(of: probed.program, probed.entry, samples)
          for argument in [Entry.Argument.parameters, .state, .loss] {
            #expect(differing(traced[argument], plain[argument]) == nil)
          }
          // What a kernel stores last is what its trace says.
          let last = probed.probes.last { probe in
            if case .store(_, let value) = kernel.body[min(probe.place + 1, kernel.body.count - 1)]
            {
              kernel.body[probe.place].computed == value
            } else {
              false
            }
          }
          if let last {
            #expect(!traced.workspace[probed.trace.lowerBound + last.start].isNaN)
          }
        }
      }
    }
  }

  /// Every place of a trace is visited once, in the order in which it is written.
  @Test func everyPlaceIsVisited() throws {
    for program in try programs() {
      let entry = try #require(program.entry(.train, many: true))
      for (call, kernel) in entry.calls.map({ program.kernels[$0.kernel] }).enumerated() {
        let probed = try #require(ProbedCall(program, entry, call: call, kernel, samples: 37))
        let traced = try memory(of: probed.program, probed.entry, 37)
        var visited = Set<Int>()
        _ = probed.first(samples: 37) { place in
          #expect(visited.insert(place).inserted)
          return false
        }
        for place in 0..<probed.trace.count where !visited.contains(place) {
          #expect(traced.workspace[probed.trace.lowerBound + place].isNaN)
        }
      }
    }
  }

  /// Functions written out in place of their calls compute the same.
  @Test func inlining() throws {
    let whole = try sample("backprop").build().program
    let entry = try #require(whole.entry(.train, many: false))
    let plain = try memory(of: whole, entry, 1)
    var program = whole
    let index = entry.calls[0].kernel
    var rounds = 0
    while let place = program.kernels[index].body.firstIndex(where: {
      if case .call = $0 { true } else { false }
    }) {
      program.kernels[index] = try #require(program.kernels[index].inlining(place, of: program))
      rounds += 1
    }
    #expect(rounds >= 2)
    #expect(program.problems() == [])
    let inlined = try memory(of: program, entry, 1)
    for argument in [Entry.Argument.parameters, .loss] {
      #expect(differing(inlined[argument], plain[argument]) == nil)
    }
  }

  /// What the interpreter leaves of a call at the initial parameters.
  private func memory(
    of program: Program, _ entry: Entry, _ samples: Int
  ) throws -> NetworkMemory<Double> {
    let memory = NetworkMemory<Double>(program)
    for (place, argument) in [Entry.Argument.input, .target].enumerated() {
      for index in memory[argument].indices {
        memory[argument][index] = Double((index * 31 + 7 * place) % 17) / 8 - 1
      }
    }
    memory.workspace.update(repeating: .nan)
    try InterpreterExecutor(program).run(entry, samples: samples, over: memory)
    return memory
  }
}
