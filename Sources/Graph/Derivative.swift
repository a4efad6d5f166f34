/// The derivatives that the language can ask for, and what else is done to an expression as a whole.
public enum Derivative: Hashable, Sendable {
  /// `diff(e, v)`: ∂e/∂v; operands e, v.
  case diff
  /// `hessian(e, v)`: ∂²e/∂v∂v of a scalar e; operands e, v.
  case hessian
  /// `jvp(e, v, d)`: the derivative of e along the change d of v; operands e, v, d.
  case jvp
  /// `vjp(e, v, c)`: the gradient of the dot product of c and e by v; operands e, v, c.
  case vjp
  /// `hvp(e, v, d)`: the Hessian of a scalar e by v, times d; operands e, v, d.
  case hvp
  /// `substitute(e, v, a)`: e with a in the place of v; operands e, v, a.
  case substitute
  /// `taylor(e, v, a, n)`: the Taylor polynomial of degree n in a number v around a; operands e, v, a.
  case taylor(Int)
  /// `expand(e)`: e with its products and powers of sums multiplied out; operand e.
  case expand
  /// `factor(e, v)`: e as a product; operands e and, where what is left over is to be sorted by its powers, v.
  case factor

  /// The function's name in the language.
  public var name: String {
    switch self {
    case .diff: "diff"
    case .hessian: "hessian"
    case .jvp: "jvp"
    case .vjp: "vjp"
    case .hvp: "hvp"
    case .substitute: "substitute"
    case .taylor: "taylor"
    case .expand: "expand"
    case .factor: "factor"
    }
  }
}
