import Execution
import Layers
import NNC
import Program

extension Build {
  /// Compiles what training a network takes: its step, and the functions that score it.
  ///
  /// - Parameters:
  ///   - network: a network with an update rule.
  ///   - schedule: the learning rate; it takes the place of the rule's. A constant one stays a constant of the code.
  ///   - clip: how the gradient is bounded.
  public init(
    training network: Network, _ schedule: RateSchedule, clip: GradientClip? = nil,
    _ options: CompilerOptions
  ) {
    var network = network
    if let given = network.training {
      var values = given.values
      values[TrainingRule.rate] = schedule.rate
      var rule = TrainingRule(given.rule, values: values)
      rule.keepsRate = !schedule.isConstant
      rule.clip = clip
      network.training = rule
    }
    self.init(
      network, options,
      only: [
        Function(.train, many: false), Function(.train, many: true), Function(.loss, many: true),
        Function(.predict, many: true),
      ])
  }

  /// Compiles what scoring a network takes.
  public init(scoring network: Network, _ options: CompilerOptions) {
    self.init(
      network, options, only: [Function(.loss, many: true), Function(.predict, many: true)])
  }

  /// The machine operations of one call of a function for many samples; 0 where it is missing.
  public func operations(of kind: Entry.Kind, samples: Int) -> Double {
    guard let entry = program.entry(kind, many: true) else { return 0 }
    return Double(program.cost(of: entry, samples: samples).expandedCount)
  }

  /// The rate that the network's update rule states; nil where it has no rule.
  public static func rate(of network: Network) -> Double? {
    network.training?.values[TrainingRule.rate]
  }
}

/// A precision that networks are trained in: `Float` or `Double`.
public typealias TrainableReal = ProgramReal
