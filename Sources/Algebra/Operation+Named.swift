// The operations that derivatives, layers and rewriting build with: arithmetic, comparison and choice. Functions are
// found by what their rows say of them.
extension Operation {
  /// Addition.
  public static let add = Operation("add")!
  /// Subtraction.
  public static let sub = Operation("sub")!
  /// Multiplication.
  public static let mul = Operation("mul")!
  /// Division.
  public static let div = Operation("div")!
  /// Negation.
  public static let neg = Operation("neg")!
  /// A power.
  public static let pow = Operation("pow")!
  /// The square root.
  public static let sqrt = Operation("sqrt")!
  /// The square.
  public static let square = Operation("square")!
  /// 1 where equal, else 0.
  public static let eq = Operation("eq")!
  /// 1 where different, else 0.
  public static let ne = Operation("ne")!
  /// 1 where less, else 0.
  public static let lt = Operation("lt")!
  /// 1 where at most, else 0.
  public static let le = Operation("le")!
  /// Choice.
  public static let select = Operation("select")!
  /// a and b.
  public static let and = Operation("and")!
  /// a or b.
  public static let or = Operation("or")!
  /// 1 where a is 0, else 0.
  public static let not = Operation("not")!
  /// The root of a sum of squares.
  public static let length = Operation("length")!
  /// The greater of two.
  public static let max = Operation("max")!
  /// The argument, held fixed.
  public static let detach = Operation("detach")!
  /// The argument, held fixed, or 0 where that is infinite.
  public static let shift = Operation("shift")!
}
