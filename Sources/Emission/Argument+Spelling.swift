import NNCProgram

extension Entry.Argument {
  /// The short name that emitted functions give to the array.
  var shortName: String {
    switch self {
    case .parameters: "p"
    case .state: "s"
    case .input: "x"
    case .target: "t"
    case .output: "y"
    case .loss: "loss"
    case .gradient: "gradient"
    case .stream: "m"
    case .frame: "x"
    case .answer: "y"
    }
  }

  /// The label that emitted Swift gives it; none for the parameters.
  var label: String {
    switch self {
    case .parameters: ""
    case .frame: "input"
    case .answer: "output"
    default: rawValue
    }
  }

  /// The struct that emitted Swift has for it, where it is a block.
  var structName: String {
    switch self {
    case .state: "State"
    case .stream: "Stream"
    default: "Parameters"
    }
  }

  /// Whether it is a block of fields.
  var isBlock: Bool { [.parameters, .state, .stream, .gradient].contains(self) }

  /// What a documentation comment says of it.
  var summary: String {
    switch self {
    case .parameters: "the parameters"
    case .state: "the optimiser's state"
    case .input: "the input"
    case .target: "the target"
    case .output: "the output, written"
    case .loss: "the loss, written"
    case .gradient: "the gradient, laid out as the parameters, written"
    case .stream: "what is kept from step to step"
    case .frame: "the step's input"
    case .answer: "the step's output, written"
    }
  }
}

extension Entry {
  /// The arguments in the order in which emitted functions take them; the loss is returned, and blocks without
  /// fields are left out.
  func emittedArguments(of program: Program) -> [Argument] {
    let order: [Argument] = [
      .parameters, .state, .stream, .input, .frame, .target, .output, .answer, .gradient,
    ]
    return order.filter { argument in
      arguments.contains(argument) && program.count(of: argument, samples: 1) > 0
    }
  }

  /// What a documentation comment says that the function does.
  var summary: String {
    switch (kind, many) {
    case (.predict, false): "Computes the output for one input."
    case (.predict, true): "Computes the outputs for n inputs."
    case (.loss, false): "Computes the loss of one sample."
    case (.loss, true): "Computes the mean loss of n samples."
    case (.gradient, false): "Computes the loss of one sample and its gradient by every parameter."
    case (.gradient, true):
      "Computes the mean loss of n samples and its gradient by every parameter."
    case (.train, false): "Takes one training step on one sample."
    case (.train, true): "Takes one training step on n samples."
    case (.step, _): "Computes the output at the next step of a sequence."
    }
  }

  /// What a documentation comment says that the function returns; nil where it returns nothing.
  var returned: String? {
    switch kind {
    case .predict, .step: nil
    case .loss, .gradient: "the loss"
    case .train: "the loss before the step"
    }
  }
}
