/// Whole numbers near a number.
///
/// Numbers from 2^(fraction bits) on are whole. To a smaller magnitude that power is added, at which numbers are whole, and
/// taken away again: the sum has rounded to the nearest whole number, halves to the even one.
extension Arithmetic {
  /// The whole number nearest to a magnitude, of two the even one.
  static func nearest(_ magnitude: Formula, _ precision: Precision) -> Formula {
    let whole = number(precision, 0x1p52, 0x1p23)
    return select(whole <= magnitude, magnitude, magnitude + whole - whole)
  }

  /// The whole number next below a magnitude.
  private static func below(_ magnitude: Formula, _ nearest: Formula) -> Formula {
    select(magnitude < nearest, nearest - 1, nearest)
  }

  /// The whole number next above a magnitude.
  private static func above(_ magnitude: Formula, _ nearest: Formula) -> Formula {
    select(nearest < magnitude, nearest + 1, nearest)
  }

  /// The nearest whole number, of two the even one.
  static func round(_ precision: Precision) -> Formula {
    signed(nearest(abs("x"), precision), like: "x")
  }

  /// What stands before the point.
  static func trunc(_ precision: Precision) -> Formula {
    let magnitude = abs("x")
    return signed(below(magnitude, nearest(magnitude, precision)), like: "x")
  }

  /// The greatest whole number that is not greater: of a negative number the magnitude goes up.
  static func floor(_ precision: Precision) -> Formula {
    let magnitude = abs("x")
    let near = nearest(magnitude, precision)
    return signed(select("x" < 0, above(magnitude, near), below(magnitude, near)), like: "x")
  }

  /// The least whole number that is not less.
  static func ceil(_ precision: Precision) -> Formula {
    let magnitude = abs("x")
    let near = nearest(magnitude, precision)
    return signed(select("x" < 0, below(magnitude, near), above(magnitude, near)), like: "x")
  }
}
