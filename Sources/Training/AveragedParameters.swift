import NNCExecution
import NNCLayers
import NNCProgram

/// Where the running averages of the parameters lie in the state, by which a network predicts once it is trained.
struct AveragedParameters {
  private let places: [(parameter: Int, state: Int, count: Int)]

  /// The places in a Program's arrays; nil where its rule keeps no averages.
  init?(_ program: Program) {
    places = program.parameters.compactMap { field in
      let name = AveragedWeights.name(of: field.name)
      return program.state.first { $0.name == name }.map {
        (field.offset, $0.offset, field.count)
      }
    }
    if places.isEmpty { return nil }
  }

  /// Exchanges the parameters with their averages.
  func exchange<Real: ProgramReal>(in memory: NetworkMemory<Real>) {
    let (parameters, state) = (memory[.parameters], memory[.state])
    for (parameter, average, count) in places {
      for place in 0..<count {
        let value = parameters[parameter + place]
        parameters[parameter + place] = state[average + place]
        state[average + place] = value
      }
    }
  }

  /// Puts the averages in the parameters' places.
  func take<Real: ProgramReal>(in memory: NetworkMemory<Real>) {
    for (parameter, average, count) in places {
      for place in 0..<count {
        memory[.parameters][parameter + place] = memory[.state][average + place]
      }
    }
  }
}
