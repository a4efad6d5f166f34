import NNCExecution
import NNCProgram
import NNCTraining

/// What a course leaves in the caller's arrays, after every step.
struct Recording<Real: ProgramReal> {
  let program: Program
  let course: Course
  let samples: Samples
  /// The arrays that a step writes, as they are after it.
  private(set) var results: [[(argument: Entry.Argument, numbers: [Real])]] = []

  /// Runs the course by the interpreter.
  init(_ program: Program, _ course: Course, _ samples: Samples) throws {
    self.program = program
    self.course = course
    self.samples = samples
    let interpreter = try InterpreterExecutor<Real>(program)
    let memory = NetworkMemory<Real>(program)
    for step in course.steps {
      try run(step, interpreter, over: memory)
      results.append(
        step.written(program).map { argument, count in
          (argument, Array(memory[argument][..<count]))
        })
    }
  }

  /// Runs one step. No number stands before it in the gradient and in the workspace; output and loss are 0, as they are
  /// in emitted code that leaves them out.
  func run(
    _ step: Course.Step, _ executor: any Executor<Real>, over memory: NetworkMemory<Real>
  ) throws {
    samples.load(step.samples, into: memory, for: program)
    if let turn = step.turn { samples.load(step: turn, into: memory, for: program) }
    memory[.answer].update(repeating: 0)
    memory[.output].update(repeating: 0)
    memory[.loss].update(repeating: 0)
    memory[.gradient].update(repeating: .nan)
    memory.workspace.update(repeating: .nan)
    try executor.run(step.entry, samples: step.samples.count, over: memory)
  }

  /// Where a step first gives other bits than the whole sequence; nil where none does, or none is taken.
  func firstDifferingStep() -> (name: String, element: Element, numbers: NumberPair)? {
    guard let stepping = program.stepping else { return nil }
    var whole: [Real] = []
    for (step, written) in zip(course.steps, results) {
      if step.entry.kind == .predict, !step.entry.many, step.samples == 0..<1,
        let output = written.first
      {
        whole = output.numbers
      }
      guard let turn = step.turn, !whole.isEmpty,
        let answer = written.first(where: { $0.argument == .answer })?.numbers
      else { continue }
      var start = 0
      for output in stepping.outputs {
        defer { start += output.count }
        let own = answer[start..<start + output.count]
        let number = turn - (output.axis == nil ? 0 : stepping.delay)
        let last = output.axis.map { output.shape[$0] - 1 } ?? 0
        // What a sequence comes to is there at its end.
        let isThere =
          output.axis == nil ? turn == stepping.stepCount - 1 : number >= 0 && number <= last
        if !isThere { continue }
        let places = output.places(at: number)
        if let (place, pair) = differing(own, places.map { whole[$0] }) {
          return (step.name, Element(.output, places[place], of: program), pair)
        }
      }
    }
    return nil
  }

  /// How many numbers are compared.
  var count: Int {
    program.parameterCount + program.stateCount
      + results.reduce(0) { $0 + $1.reduce(0) { $0 + $1.numbers.count } }
  }

  /// Parameters and state as they are before a step.
  func restore(before step: Int, in memory: NetworkMemory<Real>) {
    for argument in [Entry.Argument.parameters, .state, .stream] {
      for earlier in results[..<step].reversed() {
        guard let written = earlier.first(where: { $0.argument == argument }) else { continue }
        _ = memory[argument].update(from: written.numbers)
        break
      }
    }
  }

  /// Runs the course in another form, up to the first step after which a bit differs (the payload of a NaN aside).
  ///
  /// - Returns: the step, none for the initial values, and the number that differs; nil where there is none.
  func firstDifference(
    _ executor: NativeExecutor<Real>
  ) throws -> (step: Int?, element: Element, numbers: NumberPair)? {
    let memory = NetworkMemory<Real>(program)
    let initial = NetworkMemory<Real>(program)
    for argument in [Entry.Argument.parameters, .state] { memory[argument].update(repeating: .nan) }
    executor.initialize(memory)
    memory[.stream].update(repeating: .nan)
    executor.start(memory)
    for argument in [Entry.Argument.parameters, .state, .stream]
    where program.entries.contains(where: { $0.arguments.contains(argument) }) {
      if let (place, pair) = differing(memory[argument], initial[argument]) {
        return (nil, Element(argument, place, of: program), pair)
      }
    }
    for (number, step) in course.steps.enumerated() {
      try run(step, executor, over: memory)
      for (argument, numbers) in results[number] {
        let found = numbers.withUnsafeBufferPointer { differing(memory[argument], $0) }
        if let (place, pair) = found {
          return (number, Element(argument, place, of: program), pair)
        }
      }
    }
    return nil
  }
}

/// The first place where two arrays differ in their bits, of those that the second has.
func differing<Real: ProgramReal>(
  _ given: some Collection<Real>, _ expected: some Collection<Real>
) -> (place: Int, numbers: NumberPair)? {
  for (place, (given, expected)) in zip(given, expected).enumerated() {
    if given.bitPattern == expected.bitPattern || given.isNaN && expected.isNaN { continue }
    return (place, NumberPair(expected: Number(expected), given: Number(given)))
  }
  return nil
}

extension Course.Step {
  /// The arrays that the step writes, and how many numbers it writes of each.
  func written(_ program: Program) -> [(argument: Entry.Argument, count: Int)] {
    entry.arguments.filter { entry.writes($0) }.map {
      ($0, program.count(of: $0, samples: samples.count))
    }
  }
}
