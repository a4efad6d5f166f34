import NNCAlgebra
import NNCEmission
import NNCExecution
import NNCProgram

/// Runs Programs by the interpreter and in compiled forms, and compares every bit of every array.
enum NativeComparison {
  /// What differs, one line for each array; empty where all bits are equal (the payload of a NaN aside).
  ///
  /// All Programs must have one precision and different names. They are compiled together, once for each form. Every
  /// entry runs twice on the same arrays, many-sample entries with each of the numbers of samples given, cut to the
  /// Program's maximum. The interpreter runs `interpreted`, where the Programs that are compiled should do the same.
  static func differences(
    _ programs: [Program], asInterpreted interpreted: [Program]? = nil, forms: [NativeForm],
    samples: [Int] = [1, 2, 5]
  ) throws -> [String] {
    let pairs = Array(zip(programs, interpreted ?? programs))
    return switch programs.first?.precision {
    case .f64: try differences(pairs, forms, samples, Double.self)
    case .f32: try differences(pairs, forms, samples, Float.self)
    case nil: []
    }
  }

  private static func differences<Real: ProgramReal>(
    _ programs: [(compiled: Program, interpreted: Program)], _ forms: [NativeForm],
    _ samples: [Int], _: Real.Type
  ) throws -> [String] {
    var result: [String] = []
    let libraries = try forms.map { form in
      (form: form, library: try form.compile(programs.map(\.compiled)))
    }
    for (program, interpreted) in programs {
      let interpreter = try Interpreter(interpreted)
      let initial = NativeMemory<Real>(program, samples: 1)
      for (form, library) in libraries {
        let memory = NativeMemory<Real>(program, samples: 1)
        try memory.call(library, "initialize", samples: 1)
        memory.compare(
          initial, [.parameters, .state], "\(form): \(program.name) initialize", &result)
      }
      for entry in program.entries {
        let counts = Set(entry.many ? samples.map { min($0, program.maximumSamples) } : [1])
        for count in counts.sorted() {
          let expected = NativeMemory<Real>(program, samples: count)
          for _ in 0..<2 { try expected.run(interpreter, entry, samples: count) }
          for (form, library) in libraries {
            let memory = NativeMemory<Real>(program, samples: count)
            for _ in 0..<2 { try memory.call(library, entry.name, samples: count) }
            let place = "\(form): \(program.name) \(entry.name), \(count) samples"
            memory.compare(expected, entry.arguments, place, &result)
          }
        }
      }
    }
    return result
  }
}

/// The arrays of one call: initial parameters and state, input and target of odd fractions.
final class NativeMemory<Real: ProgramReal> {
  private let program: Program
  private var arrays: [Entry.Argument: UnsafeMutableBufferPointer<Real>] = [:]
  private let workspace: UnsafeMutableBufferPointer<Real>

  init(_ program: Program, samples: Int) {
    self.program = program
    workspace = .allocate(capacity: program.workspaceCount + 1)
    workspace.initialize(repeating: .nan)
    for argument in CEmitter.callOrder {
      let count = program.count(of: argument, samples: samples)
      let buffer = UnsafeMutableBufferPointer<Real>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      switch argument {
      case .parameters: fill(buffer, program.parameters)
      case .state: fill(buffer, program.state)
      case .input, .target:
        for index in 0..<count {
          let number = (index * 7919 + 13) % 101
          let bounds = program.wholeNumbers[argument]
          buffer[index] =
            bounds.map { Real(number % $0[index % $0.count]) } ?? Real(number) / 64 - 0.75
        }
      default: break
      }
      arrays[argument] = buffer
    }
  }

  deinit {
    workspace.deallocate()
    for buffer in arrays.values { buffer.deallocate() }
  }

  private func fill(_ buffer: UnsafeMutableBufferPointer<Real>, _ fields: [Field]) {
    for field in fields {
      for (index, value) in field.initialValues.enumerated() {
        buffer[field.offset + index] = Real(value)
      }
    }
  }

  func run(_ interpreter: Interpreter, _ entry: Entry, samples: Int) throws {
    try interpreter.run(entry.kind, many: entry.many, samples: samples, arrays: arrays)
  }

  func call(_ library: NativeLibrary, _ name: String, samples: Int) throws {
    typealias Function =
      @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int) -> Void
    let symbol = CEmitter.callName(name, prefix: CEmitter(program).prefix)
    let function = try library.symbol(symbol, as: Function.self)
    var pointers = CEmitter.callOrder.map { UnsafeMutableRawPointer(arrays[$0]!.baseAddress) }
    pointers.append(UnsafeMutableRawPointer(workspace.baseAddress))
    // Whole numbers are integers there.
    var integers: [UnsafeMutablePointer<Int32>] = []
    defer { for memory in integers { memory.deallocate() } }
    for argument in program.wholeNumbers.keys {
      let numbers = arrays[argument]!
      let memory = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, numbers.count))
      for (place, number) in numbers.enumerated() {
        (memory + place).initialize(to: Int32(number))
      }
      pointers[CEmitter.callOrder.firstIndex(of: argument)!] = UnsafeMutableRawPointer(memory)
      integers.append(memory)
    }
    function(&pointers, samples)
  }

  func compare(
    _ expected: NativeMemory, _ arguments: [Entry.Argument], _ place: String,
    _ result: inout [String]
  ) {
    for argument in arguments {
      let (given, wanted) = (arrays[argument]!, expected.arrays[argument]!)
      for index in given.indices
      where given[index].bitPattern != wanted[index].bitPattern
        && !(given[index].isNaN && wanted[index].isNaN)
      {
        result.append(
          "\(place): \(argument)[\(index)] is \(given[index]), not \(wanted[index])")
        break
      }
    }
  }
}
