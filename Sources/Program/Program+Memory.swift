extension Program {
  /// How many numbers the parameter block holds.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// How many numbers the optimiser's state holds.
  public var stateCount: Int { state.reduce(0) { $0 + $1.count } }

  /// The reals of scratch memory that serve every entry.
  public var workspaceCount: Int { entries.map(\.workspaceCount).max() ?? 0 }

  /// How many numbers the caller's array has in a call of that many samples.
  public func count(of argument: Entry.Argument, samples: Int) -> Int {
    switch argument {
    case .parameters, .gradient: parameterCount
    case .state: stateCount
    case .input: samples * inputCount
    case .target: samples * targetCount
    case .output: samples * outputCount
    case .loss: 1
    case .stream: stream.reduce(0) { $0 + $1.count }
    case .frame: stepping?.frameCount ?? 0
    case .answer: stepping?.answerCount ?? 0
    }
  }

  /// Whether the caller's array holds integers, and not reals.
  public func isWhole(_ argument: Entry.Argument) -> Bool { wholeNumbers[argument] != nil }

  /// The entry of that kind, for one sample or for many; nil where the Program has none.
  public func entry(_ kind: Entry.Kind, many: Bool) -> Entry? {
    entries.first { $0.kind == kind && $0.many == many }
  }
}

extension Entry {
  /// Its name: `train`, or `train_many`.
  public var name: String { many ? kind.rawValue + "_many" : kind.rawValue }

  /// Whether the entry may write that array of the caller.
  public func writes(_ argument: Argument) -> Bool {
    switch argument {
    case .parameters, .state: kind == .train
    case .output, .loss, .gradient, .stream, .answer: true
    case .input, .target, .frame: false
    }
  }
}
