import NNCLayers
import NNC
import NNCExecution
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCTraining

/// The interpreter and native code give the same bits.
@Suite struct ExecutorTests {
  /// Every sample that can be trained, both ways, the last batch smaller; single samples too, by default of the smallest.
  @Test(arguments: sampleNames) func everySampleTrainsAlikeBothWays(_ name: String) throws {
    let network = try sample(name).checkedNetwork()
    guard let rate = Build.rate(of: network) else { return }
    let isLarge = network.parameterCount > 5000
    let trainsSingly = isThorough ? !isLarge : network.parameterCount < 60
    for batch in trainsSingly ? [1, 4] : [4] {
      let options = TrainingOptions(
        epochs: isLarge ? 1 : 2, batch: batch, schedule: RateSchedule(rate: rate))
      let count = isLarge ? 6 : 11
      let one = try trained(network, options, by: .interpreter, count: count, as: Double.self)
      let other = try trained(network, options, by: .native, count: count, as: Double.self)
      expectSameBits(one, other, "\(name), batch \(batch)")
    }
  }

  @Test func singlePrecisionScheduleAndClippingTrainAlikeBothWays() throws {
    let network = try network(
      "linear 3->5; tanh; dropout 0.2; linear 5->2; loss mse; train adam lr=0.05; seed 3")
    let schedule = RateSchedule(rate: 0.05, curve: .cosine(floor: 0.001), warmUp: 0.5)
    for clip in [nil, GradientClip.norm(0.3), .value(0.01)] {
      let options = TrainingOptions(epochs: 3, batch: 4, schedule: schedule)
      let one = try trained(network, options, clip: clip, by: .interpreter, as: Float.self)
      let other = try trained(network, options, clip: clip, by: .native, as: Float.self)
      expectSameBits(one, other, "\(clip.map { "\($0)" } ?? "no clip")")
    }
  }

  /// Two threads share the steps of a network that is worth it, and the last, smaller batch is one thread's or theirs.
  @Test func anyNumberOfThreadsTrainsAlike() throws {
    let network = try network(
      "linear 40->90; tanh; linear 90->30; relu; linear 30->3; loss cross_entropy; train adam; seed 3"
    )
    let options = TrainingOptions(epochs: 2, batch: 32, schedule: RateSchedule(rate: 0.01))
    let one = try trained(network, options, by: .interpreter, count: 75, as: Double.self)
    for threads in [2, 3] {
      let other = try trained(
        network, options, by: .native, count: 75, threads: threads, as: Double.self)
      expectSameBits(one, other, "\(threads) threads")
    }
  }

  @Test func aCompilerWithoutOpenMPIsNamed() throws {
    let network = try network("linear 200->200; tanh; linear 200->3; loss mse; train sgd")
    var compiler = CompilerOptions()
    compiler.threads = 2
    let build = Build(training: network, RateSchedule(rate: 0.01), compiler)
    #expect(build.program.isShared)
    let refusing = try #require(SystemCompiler("/bin/false"))
    let error = #expect(throws: NativeError.self) { try NativeExecutor<Double>(build, refusing) }
    #expect(
      error?.description.hasPrefix(
        "`/bin/false` cannot compile the network's code for several threads, by -fopenmp (status 1)"
      )
        == true)
  }

  private func expectSameBits<Real: ProgramReal>(
    _ one: TrainingSnapshot<Real>, _ other: TrainingSnapshot<Real>, _ what: String
  ) {
    #expect(one.parameters.map(\.bitPattern) == other.parameters.map(\.bitPattern), "\(what)")
    #expect(one.state.map(\.bitPattern) == other.state.map(\.bitPattern), "\(what)")
    #expect(one.progress == other.progress, "\(what)")
    #expect(one.parameters.allSatisfy { $0.isFinite }, "\(what)")
  }
}
