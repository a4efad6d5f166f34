import NNCAlgebra

/// About how long things take, for decisions that are made once for all machines: nanoseconds on a core of about 3 GHz.
public enum RoughTime {
  /// An instruction of a number or a vector, where several are under way at once.
  static let instruction = 0.2
  /// A quotient or a root.
  static let division = 1.5
  /// To begin a call in several threads and to end it.
  public static let fork = 2000.0
  /// The same where they sleep between calls, as Dispatch's do.
  public static let wake = 30_000.0
  /// To wait for other threads, and to fetch what they wrote.
  public static let wait = 500.0
}

extension Program {
  /// The fewest samples, among the powers of 2 and the most, with which threads take nine tenths of the time of one, or
  /// less; nil where they never do.
  ///
  /// - Parameters:
  ///   - waits: how often threads wait for one another.
  ///   - fork: the nanoseconds until they are at work.
  public func fewestSamples(of entry: Entry, waits: Int, fork: Double) -> Int? {
    var counts = [1]
    while entry.many, counts[counts.count - 1] < maximumSamples {
      counts.append(min(maximumSamples, counts[counts.count - 1] * 2))
    }
    return counts.first { samples in
      var single = 0.0
      var shared = fork + RoughTime.wait * Double(waits)
      for call in entry.calls {
        let kernel = kernels[call.kernel]
        let time = roughTime(of: kernel, samples: samples)
        single += time
        shared += kernel.isDivided ? time / Double(threads) : time
      }
      return shared <= 0.9 * single
    }
  }

  /// About how many nanoseconds a kernel takes in one thread.
  public func roughTime(of kernel: Kernel, samples: Int) -> Double {
    let width = Double(target.lanes(precision))
    var times = [1.0]
    let extents = kernel.extents
    var lanesDepth: Int?
    var arithmetic = 0.0
    var memory = 0.0
    for instruction in kernel.body {
      let turns = times[times.count - 1]
      switch instruction {
      case .loop(_, let extent, let kind):
        if kind == .lanes { lanesDepth = times.count }
        let count = Double(extent.turns(samples: samples, extents))
        times.append(turns * (kind == .lanes ? max(1, count / width) : count))
      case .end:
        times.removeLast()
        if lanesDepth == times.count { lanesDepth = nil }
      case .load, .store: memory += turns
      case .compute(_, let primitive, _), .accumulate(_, let primitive, _),
        .reduce(_, let primitive, _):
        arithmetic += turns * primitive.roughTime
      case .call(_, let function, _): arithmetic += turns * roughTime(ofFunction: function)
      case .callWhere: arithmetic += turns * RoughTime.instruction
      case .transpose(let matrix):
        let count = matrix.rows.count(samples: samples) * matrix.columns.count(samples: samples)
        memory += 2 * turns * Double(count)
      case .real, .bits, .sampleCount, .place, .accumulator, .assign, .tuple, .pick: break
      }
    }
    // Loads and stores go beside the arithmetic.
    return max(arithmetic, memory * RoughTime.instruction)
  }

  private func roughTime(ofFunction function: Int) -> Double {
    functions[function].body.reduce(0) { time, instruction in
      switch instruction {
      case .compute(_, let primitive, _): time + primitive.roughTime
      case .call(_, let callee, _): time + roughTime(ofFunction: callee)
      case .callWhere: time + RoughTime.instruction
      default: time
      }
    }
  }
}

extension Primitive {
  fileprivate var roughTime: Double {
    self == .div || self == .sqrt ? RoughTime.division : RoughTime.instruction
  }
}
