/// A fraction that a number is: the very number that division gives.
private struct Fraction {
  var numerator: Int
  var denominator: Int

  /// The fraction with the least denominator; nil where a number has few digits, or no small denominator.
  ///
  /// The convergents of a continued fraction are the best ones for their size.
  init?(_ value: Double) {
    guard value > 1e-6, value < 1e6, value.description.count > 12 else { return nil }
    var rest = value
    var (p, q, previousP, previousQ) = (1.0, 0.0, 0.0, 1.0)
    for _ in 0..<12 {
      let whole = rest.rounded(.down)
      (p, previousP) = (whole * p + previousP, p)
      (q, previousQ) = (whole * q + previousQ, q)
      if q > Double(Self.greatest) || p > 1e9 { return nil }
      if p / q == value {
        (numerator, denominator) = (Int(p), Int(q))
        return
      }
      rest = 1 / (rest - whole)
    }
    return nil
  }

  /// The greatest denominator: with greater ones chance would find fractions where there are none.
  private static let greatest = 50_000
}

extension GraphPrinter {
  /// A number as a fraction, or as π; nil where its digits are shorter.
  func fraction(_ value: Double) -> Piece? {
    if value.magnitude == .pi { return signed(circle, value < 0) }
    guard let fraction = Fraction(value.magnitude) else { return nil }
    let (above, below) = (
      written("\(fraction.numerator)").text, written("\(fraction.denominator)").text
    )
    let piece =
      switch style {
      case .text, .unicode: Piece("\(above)/\(below)", binding: 20)
      case .latex: Piece("\\frac{\(above)}{\(below)}", binding: 45)
      case .mathml: Piece("<mfrac>\(above)\(below)</mfrac>", binding: 45)
      }
    return signed(piece, value < 0)
  }

  private var circle: Piece {
    switch style {
    case .text: Piece("pi", binding: .max)
    case .unicode: Piece("π", binding: .max)
    case .latex: Piece("\\pi ", binding: .max)
    case .mathml: Piece("<mi>π</mi>", binding: .max)
    }
  }

  private func signed(_ piece: Piece, _ isNegative: Bool) -> Piece {
    if !isNegative { return piece }
    let binding = min(20, piece.binding)
    switch style {
    case .text: return Piece("-\(piece.text)", binding: binding)
    case .unicode: return signed("−\(piece.text)", binding)
    case .latex: return signed("-\(piece.text)", binding)
    case .mathml: return signed("<mrow><mo>−</mo>\(piece.text)</mrow>", binding)
    }
  }
}
