/// A number that samples are given in: `Float` or `Double`.
protocol SampleNumber {
  /// The nearest to a binary64 number.
  init(rounding value: Double)
}

extension Float: SampleNumber {
  @inline(__always) init(rounding value: Double) { self = Float(value) }
}

extension Double: SampleNumber {
  @inline(__always) init(rounding value: Double) { self = value }
}
