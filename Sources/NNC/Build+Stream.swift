import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCRewriting

/// The function of a network that takes its input step by step, where it is asked for and can be.
struct StepFormulas {
  /// The function's formulas; nil where there is none.
  private(set) var formulas: EntryFormulas?
  /// What a step does.
  private(set) var step: StreamStep?
  /// Why there is none, where it was asked for by name or the network goes through steps.
  private(set) var problem: StreamProblem?

  /// Makes the formulas of what is predicted as it is lowered, so that each number is computed in the same way.
  ///
  /// Where no list of functions is given, a network has it whose outputs follow a sequence step by step, or that goes
  /// through the turns of a loop.
  init(_ builder: EntryBuilder, _ functions: Set<Build.Function>?, in graph: inout Graph) {
    let network = builder.network
    let isAsked = functions?.contains(Build.Function(.step, many: false))
    if isAsked == false { return }
    guard network.inputs.count == 1 else {
      problem = StreamProblem(reason: "has several inputs", layer: nil)
      return
    }
    let whole = builder.formulas(.predict, many: false, in: &graph)
    var simplifier = Simplifier(phase: .simplify, keepsTrace: false)
    var specializer = Simplifier(phase: .specialize, keepsTrace: false)
    let simple = simplifier.run(&graph, whole.roots)
    let roots = specializer.run(&graph, simple)
    var streamed = graph
    let step: StreamStep
    do throws(StreamProblem) {
      step = try streamed.streamed(roots, input: network.inputs[0].node)
      let hasLoops = graph.hasLoops(in: roots)
      if isAsked == nil, step.kept.isEmpty || !step.followsSequence && !hasLoops { return }
      graph = streamed
    } catch {
      problem = error
      return
    }
    var results: [EntryFormulas.Result] = []
    var offset = 0
    for (result, output) in zip(whole.results, step.outputs) {
      results.append(
        .init(
          name: result.name, argument: .answer, offset: offset, node: output, naming: .init()))
      offset += graph.shape(output).elementCount
    }
    for (kept, field) in zip(step.kept, step.fields) {
      results.append(
        .init(
          name: kept.name + "'", argument: .stream, offset: field.offset, node: kept.next,
          naming: .init()))
    }
    formulas = EntryFormulas(
      kind: .step, many: false, arguments: [.parameters, .stream, .frame, .answer],
      results: results)
    self.step = step
  }
}

extension StreamStep {
  /// What is kept, one field after the other.
  var fields: [Field] {
    var offset = 0
    return kept.map { kept in
      defer { offset += kept.shape.elementCount }
      return Field(
        name: kept.name, shape: kept.shape, offset: offset, initial: .fill(kept.initial))
    }
  }
}

extension LoweringRequest {
  /// Takes in what a step reads and writes.
  mutating func take(_ step: StreamStep, of network: Network) {
    stream = step.fields
    origins = step.origins
    let outputs = zip(network.outputs, step.outputAxes).map { port, axis in
      Stepping.Output(offset: port.offset, shape: port.shape, axis: axis)
    }
    let shape = network.inputs[0].shape
    stepping = Stepping(
      shape: shape, axis: step.axis, outputs: outputs, maximumSteps: step.maximumSteps,
      delay: step.delay)
    if let bound = wholeNumbers[.input]?.first {
      wholeNumbers[.frame] = [Int](repeating: bound, count: stepping!.frameCount)
    }
  }
}
